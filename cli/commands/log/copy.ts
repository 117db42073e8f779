import { moveLog } from '../../../commands/moving/move-log.ts'
import type { MoveOptions, MovePhase, MoveReport } from '../../../commands/moving/move-log.ts'
import { carryOverCommandIndex, createCommandTables } from '../../../commands/postgres-command-index.ts'
import { carryOverReactions } from '../../../commands/reactions/reaction-store.ts'
import { forgetRegistrars, rolesOfAnotherLog } from '../../../commands/role-checkpoints.ts'
import { carryOverReadModels } from '../../../projections/engine/carry-over.ts'
import { withConnection } from '../../../projections/engine/connections.ts'
import type { Context } from '../../context.ts'
import { Failure, exitCodes } from '../../failure.ts'
import type { Sentence } from '../../failure.ts'
import { eventsRead } from '../../events-read.ts'
import { refuseInTheOpen } from '../../in-the-open.ts'
import { asFailure } from '../../vault-key.ts'
import { openMoving, unlessInterrupted } from './moving.ts'
import { givenPlace, placesOf, refuseForeignName, sameAddress, vaultHomeOf } from './places.ts'
import type { Home, NamedPlace } from './places.ts'
import { settle } from './settling.ts'

export interface CopyOptions {
  readonly from?: string
  readonly to?: string
  readonly ahead?: boolean
  /** Seconds. */
  readonly settle: number
  readonly log?: string
  readonly explanation?: string
}

/** `grandlivre log copy --from <place> --to <place>`: docs/log-move.md. */
export const runCopy = async (context: Context, options: CopyOptions): Promise<void> => {
  // A program on the embedded server takes it along when it ends, as it must: only what leaves it open may share it.
  const whenRunning = options.ahead === true ? 'share' : 'refuse'
  const find = placesOf(context, { command: 'log copy', whenRunning })
  const from = await find(givenPlace(context, 'from', options.from))
  const to = await find(givenPlace(context, 'to', options.to))
  if (from.name === to.name) throw samePlace(from.name)
  const home = await vaultHomeOf(context, options.log, [from, to], find)
  refuseForeignName(to, home)
  const moving = await openMoving(context, home)
  const source = await moving.openStoreAt(from)
  const log = await moving.openLogOn(source.at)
  await asFailure(Promise.try(refuseInTheOpen, log.kind, to.url))
  const target = await moving.openStoreAt(to)
  const progress = progressOf(context, await eventsRead(home.url))
  const { ahead, explanation } = options
  const report = await unlessInterrupted(
    context,
    moveLog(
      {
        ...moving,
        source: { name: from.name, at: log },
        target,
        settle: signal => {
          progress.end()
          return settle(context, options.settle, signal)
        },
        openTarget: () => moving.openLogOn(target.at),
        carryOver: async () => {
          await createCommandTables(moving.pool)
          await carryOverReactions(moving.pool, source.at, target.at)
          await carryOverCommandIndex(moving.pool, target.at)
          await forgetRegistrars(moving.pool, await rolesOfAnotherLog(moving.pool, target.at))
          await withConnection(home.url, 'move', client => carryOverReadModels(client, target.at))
        },
      },
      { signal: context.signal, onProgress: progress.told, ahead: ahead === true, explanation },
    ),
  ).finally(progress.end)
  context.print(
    { logId: log.id, from: from.name, to: to.name, ...report },
    context.text(resultOf(report, { from, to, start: startCommand(context, options.to, { to, home }) })),
  )
}

const LABELS: Readonly<Record<MovePhase, Sentence>> = {
  comparing: { en: 'Comparing what is there', fr: 'Comparaison de l’existant' },
  copying: { en: 'Copying', fr: 'Copie' },
  verifying: { en: 'Reading back', fr: 'Relecture' },
}

/** One bar at a time; the log may grow while it is copied. */
const progressOf = (
  context: Context,
  total: number,
): { readonly told: NonNullable<MoveOptions['onProgress']>; readonly end: () => void } => {
  let phase: MovePhase | undefined
  let bar: ReturnType<Context['progress']> | undefined
  return {
    told: (now, events) => {
      if (now !== phase) {
        bar?.end()
        bar = context.progress(LABELS[now], Math.max(total, events))
        phase = now
      }
      bar?.to(events)
    },
    end: () => {
      bar?.end()
      phase = undefined
    },
  }
}

interface Told {
  readonly from: NamedPlace
  readonly to: NamedPlace
  /** The command that opens the log from now on. */
  readonly start: string
}

const resultOf = (report: MoveReport, { from, to, start }: Told): Sentence => {
  const { events, copied, digest } = report
  const en = `${events} events in ${to.name}, ${copied} of them copied now, each the same as in ${from.name}: place in the order, id, bytes and hash (digest ${digest}).`
  const fr = `${events} événements dans ${to.name}, dont ${copied} copiés à l’instant, chacun identique à celui de ${from.name} : rang, identifiant, octets et empreinte (condensé ${digest}).`
  if (report.outcome === 'ahead')
    return {
      en: `${en}\nThe log goes on in ${from.name}. Without --ahead the same command moves it.`,
      fr: `${fr}\nLe journal continue dans ${from.name}. Sans --ahead, la même commande le déplace.`,
    }
  return {
    en: `${en}\nThe log is shut in ${from.name} and open in ${to.name}: ${start}`,
    fr: `${fr}\nLe journal est fermé dans ${from.name} et ouvert dans ${to.name} : ${start}`,
  }
}

/** How the log is opened from now on; the vault and the read models stay where they were. */
const startCommand = (
  context: Context,
  given: string | undefined,
  { to, home: { url, log, embedded } }: { readonly to: NamedPlace; readonly home: Home },
): string => {
  const elsewhere = to.url === url ? undefined : sameAddress(context, 'to', given)
  const named = embedded && (log !== 'main' || elsewhere) ? ` --log ${log}` : ''
  return `${elsewhere?.before ?? ''}npx grandlivre start${named}${elsewhere?.option ?? ''}`
}

const samePlace = (place: string): Failure =>
  new Failure(
    'SAME_PLACE',
    {
      en: `--from and --to both name ${place}: expected two places.`,
      fr: `--from et --to désignent tous deux ${place} : attendu deux lieux.`,
    },
    { facts: { place }, exitCode: exitCodes.usage },
  )
