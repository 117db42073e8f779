import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { recordOfLog } from '../../../commands/moving/log-stream.ts'
import type { Presence } from '../../../commands/moving/presence.ts'
import { logCommands } from '../../../commands/organisation/log.ts'
import { logSentences } from '../../../commands/organisation/messages.ts'
import { decide } from '../../../domain/organisation/log.ts'
import { decodeMetadata } from '../../../event-store/metadata.ts'
import { OPENED_AT } from '../../support/open-log.ts'
import { faults, opened, pricesOf, process, send, sides, useProcesses } from '../support/processes.ts'
import { testContext } from '../support/test-commands.ts'

useProcesses()

const withOperator = { contexts: [testContext, { commands: logCommands, sentences: logSentences }] }

describe('a log that is moved', () => {
  const move = async (): Promise<void> => {
    const head = (await opened.store.head())!
    await recordOfLog(
      opened.log,
      decide.move({ target: 'there', headEventId: head.id, headHash: decodeMetadata(head.metadata).hash }),
      OPENED_AT,
    )
  }
  const shut = { kind: 'unavailable', sentence: { en: expect.stringContaining('shut here') as string } }

  it('PROTOCOL 12: is appended to no more by whoever reads it, in every process, whatever is said of the log', async () => {
    const [first, second] = [await process(withOperator), await process(withOperator)]
    const productId = randomUUID()
    const done = await send(first, 'test.raisePrice', { productId }, 'k')
    await move()
    expect(await Promise.all([first.moved, second.moved])).toEqual(['there', 'there'])
    for (const side of [first, second]) {
      expect(side.held()).toBe('moved')
      expect(await send(side, 'test.raisePrice', { productId })).toMatchObject(shut)
      expect(await send(side, 'test.raisePrice', { productId }, 'k')).toEqual(done)
    }
    expect(await pricesOf(productId)).toEqual([1n])
    const late = await process(withOperator)
    expect(await late.moved).toBe('there')
    expect(await send(late, 'test.raisePrice', { productId })).toMatchObject(shut)
  })

  it('PROTOCOL 12: takes no decision of an administrator that would open it again', async () => {
    await move()
    const side = await process(withOperator)
    const decision = { headEventId: randomUUID(), headHash: 'a'.repeat(64), explanation: 'go on' }
    expect(await send(side, 'organisation.resumeLog', decision)).toMatchObject({
      kind: 'refused',
      rejection: { code: 'LOG_MOVED', target: 'there' },
    })
    await sides.pop()!.close()
    // That it was refused is counted, and told where it cannot be recorded.
    expect(faults.splice(0)).toMatchObject([{ name: 'LogHeld' }])
  })

  it('PROTOCOL 12: is appended to by nobody who lost the session that says that he works on it', async () => {
    let here = true
    const presence: Presence = {
      isHere: () => here,
      onReturn: () => undefined,
      leave: () => Promise.resolve(),
    }
    const side = await process({ presence })
    const productId = randomUUID()
    expect(await send(side, 'test.raisePrice', { productId })).toMatchObject({ kind: 'done' })
    here = false
    expect(await send(side, 'test.raisePrice', { productId })).toMatchObject({ kind: 'unavailable' })
    here = true
    expect(await send(side, 'test.raisePrice', { productId })).toMatchObject({ kind: 'done' })
    expect(await pricesOf(productId)).toEqual([1n, 2n])
  })
})
