import { expect, it } from 'vitest'
import { draftsOf, newDraft, renewed } from '../../screens/forms/drafts.ts'

const shelf = () => {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (i: number) => [...kept.keys()][i] ?? null,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  }
}

const begun = (number: string) => newDraft({ values: { number }, revision: undefined, ordinal: 0 })

it('is one for each beginning: another window is offered it, and shares nothing until it takes it up', () => {
  const [all, one, other] = [shelf(), shelf(), shelf()]
  const [here, there] = [draftsOf('ann.form', all, one), draftsOf('ann.form', all, other)]
  const mine = begun('C-1')
  here.keep(mine)
  expect(here.own()).toEqual(mine)
  expect(here.other()).toBeUndefined()
  expect(there.own()).toBeUndefined()
  expect(there.other()).toEqual(mine)
  const theirs = begun('C-2')
  there.keep(theirs)
  expect(theirs.key).not.toBe(mine.key)
  expect([here.own(), there.own()]).toEqual([mine, theirs])
  here.drop(mine)
  expect(here.own()).toBeUndefined()
  expect(there.own()).toEqual(theirs)
})

it('is of one person, one form and one entity', () => {
  const [all, window] = [shelf(), shelf()]
  draftsOf('ann.form.north', all, window).keep(begun('C-1'))
  for (const place of ['bob.form.north', 'ann.form.south', 'ann.form.nort', 'ann.form']) {
    expect(draftsOf(place, all, window).own()).toBeUndefined()
    expect(draftsOf(place, all, window).other()).toBeUndefined()
  }
})

it('is sent anew under another key, and about another thing where its ids are taken', () => {
  const [taken, entity, fresh] = [1, 2, 3].map(n => `01932f0c-0000-7000-8000-00000000000${n}`)
  const values = { orderId: taken, entityId: entity, number: 'C-1' }
  const draft = newDraft({ values, revision: undefined, ordinal: 0 })
  const typed = { ...draft, values: { ...values, number: 'C-2' } }
  expect(renewed(typed).values).toEqual(typed.values)
  expect(renewed(typed).key).not.toBe(typed.key)
  const other = renewed(typed, { orderId: fresh, entityId: entity, number: 'C-9' })
  expect(other.values).toEqual({ orderId: fresh, entityId: entity, number: 'C-2' })
  expect(other.began.values['orderId']).toBe(fresh)
})
