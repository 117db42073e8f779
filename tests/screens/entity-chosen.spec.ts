import { describe, expect, it } from 'vitest'
import { ALL_ENTITIES, entityFor, settleEntity } from '../../screens/frame/entity-chosen.ts'

const paris = { entityId: 'paris' }
const lyon = { entityId: 'lyon' }
const both = [paris, lyon]
const everywhere = () => true
const ask = { entities: both, named: undefined, chosen: undefined, may: everywhere }

describe('the entity chosen', () => {
  it('is the one named, else the only one, and never the first of several', () => {
    expect(entityFor(both, 'lyon')).toBe(lyon)
    expect(entityFor(both, ALL_ENTITIES)).toBeUndefined()
    expect(entityFor(both, undefined)).toBeUndefined()
    expect(entityFor([paris], undefined)).toBe(paris)
  })
})

describe('a screen of one entity', () => {
  it('asks where nobody said for which', () => {
    expect(settleEntity(ask)).toEqual({ kind: 'ask', offered: both })
    expect(settleEntity({ ...ask, named: ALL_ENTITIES, chosen: 'lyon' })).toEqual({
      kind: 'ask',
      offered: both,
    })
  })

  it('is that of its address, else the one chosen', () => {
    expect(settleEntity({ ...ask, chosen: 'lyon' })).toEqual({ kind: 'one', entity: lyon })
    expect(settleEntity({ ...ask, named: 'paris', chosen: 'lyon' })).toEqual({ kind: 'one', entity: paris })
  })

  it('never shows another than its address names', () => {
    const onlyParis = (entityId: string) => entityId === 'paris'
    expect(settleEntity({ ...ask, named: 'lyon', may: onlyParis })).toEqual({ kind: 'forbidden' })
    expect(settleEntity({ ...ask, entities: [paris], named: 'lyon' })).toEqual({ kind: 'forbidden' })
  })

  it('takes the only one in which it may be opened, whatever was chosen for other screens', () => {
    const onlyParis = (entityId: string) => entityId === 'paris'
    expect(settleEntity({ ...ask, chosen: 'lyon', may: onlyParis })).toEqual({ kind: 'one', entity: paris })
    expect(settleEntity({ ...ask, may: () => false })).toEqual({ kind: 'forbidden' })
    expect(settleEntity({ ...ask, entities: [] })).toEqual({ kind: 'none' })
  })
})
