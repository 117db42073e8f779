import type { Sentence } from '../commands/definition.ts'

export type Language = keyof Sentence

/** The language to answer in: the one of ours that Accept-Language prefers, French where it names neither. */
export const languageOf = (acceptLanguage: string | undefined): Language => {
  if (!acceptLanguage) return 'fr'
  let best: Language = 'fr'
  let bestWeight = 0
  for (const part of acceptLanguage.split(',', 20)) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const language = tag.startsWith('fr') ? 'fr' : tag.startsWith('en') ? 'en' : undefined
    const weight = weightOf(parameters)
    if (language && weight > bestWeight) [best, bestWeight] = [language, weight]
  }
  return best
}

const weightOf = (parameters: readonly string[]): number => {
  const q = parameters.map(p => p.trim()).find(p => p.startsWith('q='))
  const weight = q === undefined ? 1 : Number(q.slice(2))
  return Number.isFinite(weight) ? weight : 0
}
