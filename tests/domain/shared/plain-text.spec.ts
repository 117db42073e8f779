import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plain } from '../../../domain/shared/plain-text.ts'

it.each([
  ['Hôtel des Salines', 'hotel des salines'],
  ['CŒUR', 'coeur'],
  ['Straße', 'strasse'],
  ['Ærø, Łódź, Đà Nẵng', 'aero, lodz, da nang'],
  ['İstanbul', 'istanbul'],
  ['e\u0301te\u0301', 'ete'],
  ['№ 5 ﬁn', 'no 5 fin'],
  ['F2026-000003', 'f2026-000003'],
])('%s is searched as %s', (text, searched) => expect(plain(text)).toBe(searched))

it('changes nothing that it made', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(plain(plain(text))).toBe(plain(text))
    }),
  )
})
