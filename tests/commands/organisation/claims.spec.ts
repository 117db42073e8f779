import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCommandHandler } from '../../../commands/handler.ts'
import { EVERYBODY, dyingBefore, everywhere, type CommandHarness } from '../../support/command-harness.ts'
import { business, customer, unknown } from '../commerce/business.ts'

let house: CommandHarness
beforeEach(async () => {
  house = await business()
})
afterEach(() => house.stop())

const late = { ...customer, customerId: unknown, code: 'LATE' }
const actor = { userId: EVERYBODY, grants: everywhere('sales') }
const command = { name: 'commerce.registerCustomer', input: late, key: 'late', origin: 'api', actor } as const
const claims = async () => {
  const streams = new Map<string, string[]>()
  for await (const batch of house.store.readAll())
    for (const { stream, type } of batch.events)
      if (stream.startsWith('uniqueKey-')) streams.set(stream, [...(streams.get(stream) ?? []), type])
  return [...streams.values()]
}

describe('PROTOCOL 16: a unique key', () => {
  it('goes to one of many who claim it at once', async () => {
    const ids = Array.from({ length: 8 }, (_, n) => `01932f0c-0000-7000-8000-0000000000${n + 40}`)
    const outcomes = await Promise.all(
      ids.map(customerId => house.send('commerce.registerCustomer', { ...late, customerId })),
    )
    expect(outcomes.filter(outcome => outcome.kind === 'done')).toHaveLength(1)
    for (const outcome of outcomes)
      if (outcome.kind !== 'done')
        expect(outcome).toMatchObject({ kind: 'refused', rejection: { code: 'KEY_TAKEN' } })
    expect((await claims()).every(types => types.length === 1)).toBe(true)
  })

  it('claimed by a program that died is gone on from by the same command, and claimed once', async () => {
    const before = await claims()
    const dying = createCommandHandler({ ...house.deps, log: dyingBefore(house.log, 'customer-') })
    await expect(dying.handle(command)).rejects.toThrow('the program died')
    expect(await house.events(`customer-${unknown}`)).toHaveLength(0)
    expect(await claims()).toHaveLength(before.length + 1)

    const outcome = await house.send(command.name, command.input, { key: command.key, as: actor })
    expect(outcome.kind).toBe('done')
    expect((await house.events(`customer-${unknown}`)).map(event => event.type)).toStrictEqual([
      'commerce.CustomerRegistered',
    ])
    expect(await claims()).toHaveLength(before.length + 1)
    expect((await claims()).every(types => types.length === 1)).toBe(true)
  })
})
