import { describe, expect, it } from 'vitest'
import { exampleOfCommand } from '../../api/examples.ts'
import type { JsonSchema } from '../../api/examples.ts'
import { collaboration } from '../../commands/collaboration/index.ts'
import { commerce } from '../../commands/commerce/index.ts'
import { invoicing } from '../../commands/invoicing/index.ts'
import { ledger } from '../../commands/ledger/index.ts'
import { organisation } from '../../commands/organisation/index.ts'
import { createRegistry } from '../../commands/registry.ts'
import { parseInput } from '../../commands/validation.ts'

const registry = createRegistry([organisation, commerce, invoicing, ledger, collaboration])

describe('the example of a command', () => {
  it.each(registry.describe().map(command => [command.name, command.input] as const))(
    'of %s is an input that it accepts',
    (name, input) => {
      const parsed = parseInput(registry.find(name)!.input, exampleOfCommand(name, input as JsonSchema))
      expect(parsed.ok ? [] : parsed.issues).toEqual([])
    },
  )

  it('names what only the rules ask for: a product, and the journal of a bank', () => {
    const example = (name: string) =>
      exampleOfCommand(name, registry.describe().find(c => c.name === name)?.input as JsonSchema)
    expect(example('commerce.placeOrder')).toMatchObject({
      lines: [{ productCode: expect.any(String) as string }],
    })
    expect(example('invoicing.recordPayment')).toMatchObject({ journal: 'BQ' })
  })
})
