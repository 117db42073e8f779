import { createHash } from 'node:crypto'
import type { NewAdministrator } from '../api/sign-in/administrator.ts'
import { legalEntity } from '../domain/organisation/legal-entity.ts'
import { setUpCompany } from '../integrations/company-setup.ts'
import { importKey } from '../integrations/import/ids.ts'
import type { Company } from '../integrations/import/company.ts'
import { createPlayer } from '../integrations/player.ts'
import { uuidv5 } from '../event-store/uuid.ts'
import { registerAdministrator } from './administrator.ts'
import type { Program } from './composition.ts'
import { Failure, exitCodes } from './failure.ts'
import { asPlayed } from './refused.ts'
import { stageOf } from './stage.ts'

/**
 * Writes what a production log begins with: the legal entity with its books, series and terms, and the first
 * administrator. Ids and keys follow from the log, so that a run cut short anywhere goes on when it is repeated.
 * @throws Failure LOG_IS_SANDBOX; or what a rule refuses of the file or of the administrator
 */
export const openBooks = async (
  program: Program,
  company: Company,
  administrator: NewAdministrator,
): Promise<{ readonly entityId: string; readonly userId: string }> => {
  const { log } = program
  if (log.kind !== 'production') throw isSandbox(log.name)
  const entityId = await entityIdOf(program, company.code)
  const player = createPlayer(stageOf(program, 'cli'), { kind: 'operator' })
  // A refusal is bound to its key: a corrected file asks anew.
  const file = createHash('sha256').update(JSON.stringify(company)).digest('hex')
  await asPlayed(
    setUpCompany(player, entityId, company, (...step) => importKey('init', file, entityId, ...step)),
  )
  return { entityId, userId: await registerAdministrator(program, administrator) }
}

/**
 * The entity that is begun or to begin. One whose registration was left lying, until its stream was ended for good
 * (PROTOCOL 16), is followed by another.
 */
const entityIdOf = async ({ log, writeSide }: Program, code: string): Promise<string> => {
  for (let attempt = 0; ; attempt++) {
    const id = uuidv5(log.id, ['entity', code, ...(attempt === 0 ? [] : [attempt])].join(' '))
    const { state } = await writeSide.streams.read(legalEntity, id)
    if (state.status !== 'abandoned') return id
  }
}

const isSandbox = (name: string): Failure =>
  new Failure(
    'LOG_IS_SANDBOX',
    {
      en: `This log (${name}) is a sandbox and stays one; open another one with --log.`,
      fr: `Ce journal (${name}) est un bac à sable et le reste ; ouvrez-en un autre avec --log.`,
    },
    { facts: { log: name }, exitCode: exitCodes.refused },
  )
