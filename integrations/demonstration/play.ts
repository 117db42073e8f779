import { addDays, addToMonth, dayIn, lastDayOf, monthOf } from '../../domain/shared/days.ts'
import { setUpCompany } from '../company-setup.ts'
import { importKey, importedId } from '../import/ids.ts'
import { instantOf } from '../import/timeline.ts'
import { createPlayer } from '../player.ts'
import type { Player, Stage } from '../player.ts'
import { CLOSING, LENGTH_DAYS, orders } from './business.ts'
import { companyFrom, demonstrationUsers } from './company.ts'
import { registerCatalogue } from './registration.ts'
import { stepsOfBusiness } from './steps.ts'

/** What a demonstration needs besides commands and a clock. */
export interface DemonstrationStage extends Stage {
  /** Sets a user's password; the same key again changes nothing. */
  readonly setPassword: (userId: string, password: string, key: string) => Promise<void>
}

const ZONE = 'Europe/Paris'
const NAME = 'demonstration'
/** Hour of the day that the house opens at. */
const OPENS_AT = 7

/** Instant that the log of a demonstration is opened at, so that its business ends now. */
export const demonstrationOpening = (now: string): string =>
  instantOf(addDays(dayIn(ZONE, now), -LENGTH_DAYS), OPENS_AT, ZONE)

/** Where and when the demonstration happens: all of it follows from the instant its log was opened at. */
export interface Setting {
  readonly player: Player
  /** The business day so many days after the beginning; weekends fall on the Friday or the Monday. */
  readonly day: (offset: number) => string
  readonly id: (...name: readonly string[]) => string
  readonly key: (...name: readonly string[]) => string
  readonly entityId: string
  /** Sets the clock to an hour of a business day. */
  readonly at: (offset: number, hour: number) => void
  /** Id of the one user with that role. */
  readonly user: (role: (typeof demonstrationUsers)[number]['role']) => {
    readonly kind: 'user'
    readonly userId: string
  }
}

const settingOf = (stage: Stage, openedAt: string): Setting => {
  const first = dayIn(ZONE, openedAt)
  const player = createPlayer(stage, { kind: 'demonstration' })
  const id = (...name: readonly string[]): string => importedId(first, NAME, ...name)
  const day = (offset: number): string => businessDay(addDays(first, offset))
  return {
    player,
    day,
    id,
    key: (...name) => importKey(NAME, ...name),
    entityId: id('company'),
    at: (offset, hour) => player.until(instantOf(day(offset), hour, ZONE)),
    user: role => {
      const login = demonstrationUsers.find(user => user.role === role)?.login ?? role
      return { kind: 'user', userId: id('user', login) }
    },
  }
}

const SATURDAY = 6
const SUNDAY = 7

const businessDay = (day: string): string => {
  const { dayOfWeek } = Temporal.PlainDate.from(day)
  return addDays(day, dayOfWeek === SATURDAY ? -1 : dayOfWeek === SUNDAY ? 1 : 0)
}

/** The last event of a finished demonstration: where it stands, a start has nothing to play. */
export const endOfDemonstration = (
  openedAt: string,
): { readonly stream: string; readonly revision: number } => {
  const first = dayIn(ZONE, openedAt)
  const last = orders.at(-1)?.number ?? ''
  // Placed, then confirmed.
  return { stream: `order-${importedId(first, NAME, 'order', last)}`, revision: 1 }
}

/**
 * Plays the demonstration: a small house of consulting, training and sales over twelve weeks, from orders to partly
 * paid invoices and a closed month. Ids and keys follow from the instant its log was opened at, so that a second run
 * adds nothing and an interrupted one goes on.
 * @param openedAt `recordedAt` of the log's first event
 * @param onProgress told after every step
 * @throws Refused, ImportFailure where the log does not answer
 */
export const playDemonstration = async (
  { stage, openedAt }: { readonly stage: DemonstrationStage; readonly openedAt: string },
  onProgress: (done: number, total: number) => void,
): Promise<void> => {
  const setting = settingOf(stage, openedAt)
  const steps = [
    () =>
      setUpCompany(
        setting.player,
        setting.entityId,
        companyFrom(Number(setting.day(0).slice(0, 4))),
        setting.key,
      ),
    () => registerUsers(setting, stage),
    () => registerCatalogue(setting),
    ...stepsOfBusiness(setting, closingOf(setting)),
  ]
  for (const [index, step] of steps.entries()) {
    await step()
    onProgress(index + 1, steps.length)
  }
}

const registerUsers = async ({ player, id, key }: Setting, stage: DemonstrationStage): Promise<void> => {
  for (const { login, name, role, password } of demonstrationUsers) {
    const userId = id('user', login)
    const input = { userId, kind: 'human', login, name, grants: [{ role, entityId: 'all' }] }
    await player.play('organisation.registerUser', input, key('user', login))
    await stage.setPassword(userId, password, key('password', login))
  }
}

/** Which months are closed, and on which day: all from the first of the books to the one that is over long enough. */
const closingOf = ({ day }: Setting): { readonly offset: number; readonly months: readonly string[] } => {
  const first = day(0)
  const month = monthOf(addDays(first, CLOSING.daysMin))
  const months: string[] = []
  for (let m = `${first.slice(0, 4)}-01`; m <= month; m = addToMonth(m, 1)) months.push(m)
  const closesOn = addDays(lastDayOf(month), CLOSING.daysAfter)
  const offset = Temporal.PlainDate.from(first).until(Temporal.PlainDate.from(closesOn), {
    largestUnit: 'days',
  }).days
  return { offset, months }
}
