import { controlTotals } from '../integrations/import/control.ts'
import type { ControlTotals } from '../integrations/import/control.ts'
import { idsOf } from '../integrations/import/inputs.ts'
import { closeThrough, playBusiness } from '../integrations/import/play.ts'
import type { PlayOptions } from '../integrations/import/play.ts'
import type { Profile } from '../integrations/import/profile.ts'
import type { Business } from '../integrations/import/read-business.ts'
import { reconcile } from '../integrations/import/reconcile.ts'
import type { Comparison } from '../integrations/import/reconcile.ts'
import type { Reject } from '../integrations/import/rejects.ts'
import type { Program } from './composition.ts'
import { Failure } from './failure.ts'
import { bookProjections, closedMonths, readBooks } from './import-books.ts'
import { stageOf } from './stage.ts'

export interface ImportRun extends PlayOptions {
  /** Last month to close for ever, `YYYY-MM`. */
  readonly closeThrough?: string | undefined
}

export interface ImportResult {
  /** Rows that could not be read, and rows that the books refused. */
  readonly rejects: readonly Reject[]
  readonly interrupted: boolean
  readonly totals: ControlTotals
  /** Empty when interrupted: an unfinished import agrees with nothing. */
  readonly comparisons: readonly Comparison[]
  readonly closed: readonly string[]
}

/** How long read models and closes may take behind the last command, in milliseconds. */
const FOLLOW_MS_MAX = 60_000

/** Plays a business on a program, closes what is asked, and holds the books against the files. */
export const runImport = async (
  program: Program,
  profile: Profile,
  business: Business,
  run: ImportRun,
): Promise<ImportResult> => {
  const stage = stageOf(program, 'import')
  const totals = controlTotals(profile, business)
  const played = await playBusiness(profile, business, stage, run)
  const rejects = [...business.rejects, ...played.rejects]
  if (played.interrupted) return { rejects, interrupted: true, totals, comparisons: [], closed: [] }
  const entityId = idsOf(profile).entity
  const months = run.closeThrough === undefined ? [] : await closeThrough(profile, run.closeThrough, stage)
  await follow(program, async () => {
    const closed = new Set(await closedMonths(program.readModels, entityId))
    return months.every(month => closed.has(month))
  })
  const books = await readBooks(program.readModels, entityId, profile.company.posting)
  const closed = await closedMonths(program.readModels, entityId)
  return { rejects, interrupted: false, totals, comparisons: reconcile(totals, books), closed }
}

/** Waits until the read models show the end of the log, and what followed from it is there. */
const follow = async (program: Program, done: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + FOLLOW_MS_MAX
  for (;;) {
    const head = await program.log.store.head()
    const left = deadline - performance.now()
    if (head) {
      const reached = await program.watch.waitFor(
        { projections: bookProjections, position: head.position },
        Math.max(left, 0),
      )
      if (!reached.reached) throw behind(reached.behind, reached.stopped)
    }
    if (await done()) return
    if (left <= 0) throw behind(['ledger.closePeriod'], [])
    await nextChange(program, left)
  }
}

const nextChange = ({ watch }: Program, msMax: number): Promise<void> =>
  new Promise(resolve => {
    const finish = (): void => {
      clearTimeout(timer)
      stop()
      resolve()
    }
    const stop = watch.onChange(finish)
    const timer = setTimeout(finish, Math.min(msMax, LOOK_MS))
  })

/** How often it is looked without having heard of a change. */
const LOOK_MS = 250

const behind = (names: readonly string[], stopped: readonly string[]): Failure => {
  const said = names.join(', ')
  return new Failure(
    'READ_MODELS_BEHIND',
    {
      en: `Everything is recorded, but the read models do not follow (${said}); start again to hold them against the files.`,
      fr: `Tout est enregistré, mais les modèles de lecture ne suivent pas (${said}) ; relancez pour les comparer aux fichiers.`,
    },
    { facts: { behind: said, stopped: stopped.join(', ') } },
  )
}
