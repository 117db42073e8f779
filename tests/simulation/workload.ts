/**
 * A process that handles commands without end, to be killed:
 * `node workload.ts <where the log and its key are, JSON> <seed> <answered by client>`.
 * Every client goes through its items one after the other, each command with a key of its own, and prints an answer
 * before it goes on; after a kill it repeats what was not answered. Prints one JSON line per answer.
 */
import { organisation } from '../../commands/organisation/index.ts'
import { commerce } from '../../commands/commerce/index.ts'
import { invoicing } from '../../commands/invoicing/index.ts'
import { ledger } from '../../commands/ledger/index.ts'
import type { Outcome } from '../../commands/outcome.ts'
import { openBusinessProcess } from '../commands/support/business.ts'
import type { ProcessOptions } from '../commands/support/business.ts'
import { testContext } from '../commands/support/test-commands.ts'
import { CLIENTS, itemOf } from './workload-commands.ts'
import type { KeyedCommand } from './workload-commands.ts'

/** So short that many a number comes later, as all of them do on a busy machine. */
const ANSWER_MS_MAX = 5

const [place = '', seed = '1', answered = '{}'] = process.argv.slice(2)

// Organisation says itself what a taken key is.
const { KEY_TAKEN: _, KEY_NOT_HELD: __, ...sentences } = testContext.sentences

const business = await openBusinessProcess({
  ...(JSON.parse(place) as Pick<ProcessOptions, 'databaseUrl' | 'eventStoreUrl' | 'masterKeyFile'>),
  contexts: [organisation, commerce, ledger, invoicing, { ...testContext, sentences }],
  answerMsMax: ANSWER_MS_MAX,
  onFault: error => {
    throw error
  },
})

/** As a caller does who is told that the number comes later: he asks again, by the same key. */
const insist = async ({ name, input, key }: KeyedCommand): Promise<Outcome> => {
  for (;;) {
    const outcome = await business.send(name, input, key)
    if (outcome.kind !== 'accepted') return outcome
  }
}

/** Written at once: what the parent has read was acknowledged, whatever happens to this process next. */
const acknowledge = (client: number, i: number, outcome: Outcome): Promise<void> => {
  const events = outcome.kind === 'done' ? outcome.events : []
  const number = outcome.kind === 'done' ? outcome.issued?.number : undefined
  const line = JSON.stringify({ client, i, kind: outcome.kind, events, number })
  return new Promise(resolve => {
    process.stdout.write(`${line}\n`, () => {
      resolve()
    })
  })
}

const from = JSON.parse(answered) as Record<string, number>
const work = async (client: number): Promise<void> => {
  for (let i = from[client] ?? 0; ; i++) {
    const commands = itemOf(Number(seed), client, i)
    for (const [n, command] of commands.entries()) {
      const outcome = await insist(command)
      if (n === commands.length - 1) await acknowledge(client, i, outcome)
      else if (outcome.kind !== 'done') throw new Error(`${command.name} ${command.key}: ${outcome.kind}`)
    }
  }
}
await Promise.all(Array.from({ length: CLIENTS }, (_, client) => work(client)))
