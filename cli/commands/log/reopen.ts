import { reopenLog } from '../../../commands/moving/reopen-log.ts'
import type { Context } from '../../context.ts'
import { openMoving, unlessInterrupted } from './moving.ts'
import { givenPlace, placesOf, vaultHomeOf } from './places.ts'

export interface ReopenOptions {
  readonly at?: string
  readonly log?: string
  readonly explanation?: string
}

/** `grandlivre log reopen --at <place>`: the move to another place is given up. */
export const runReopen = async (context: Context, { at, log, explanation }: ReopenOptions): Promise<void> => {
  const find = placesOf(context, { command: 'log reopen', whenRunning: 'refuse' })
  const place = await find(givenPlace(context, 'at', at))
  const moving = await openMoving(context, await vaultHomeOf(context, log, [place], find))
  const store = await moving.openStoreAt(place)
  const source = { name: place.name, at: await moving.openLogOn(store.at) }
  const { signal } = context
  const wasShut = await unlessInterrupted(context, reopenLog({ ...moving, source }, { explanation, signal }))
  context.print(
    { logId: source.at.id, at: place.name, wasShut },
    context.text(
      wasShut
        ? {
            en: `The move is given up: the log is open again in ${place.name}.`,
            fr: `Le déplacement est abandonné : le journal est rouvert dans ${place.name}.`,
          }
        : {
            en: `The log in ${place.name} was open already.`,
            fr: `Le journal de ${place.name} était déjà ouvert.`,
          },
    ),
  )
}
