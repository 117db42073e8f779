/** Languages of the screens. */
export type Language = 'fr' | 'en'
export const LANGUAGES = ['fr', 'en'] as const satisfies readonly Language[]
