import type { Reveal } from '../../../projections/definition.ts'

/** What protected fields of tests say: the last part, in base64url. */
export const revealTest: Reveal = async fields =>
  fields.map(({ value }) => {
    const text = Buffer.from(value.$protected.split('.')[3] ?? '', 'base64url')
      .toString()
      .trimEnd()
    return text
  })

/** A protected field as stored, which `revealTest` reads. */
export const protectedTest = (clear: string, keyId = '00000000-0000-4000-8000-00000000000a') => ({
  $protected: `v1.${keyId}.AAAAAAAAAAAAAAAA.${Buffer.from(clear.padEnd(20)).toString('base64url')}`,
})
