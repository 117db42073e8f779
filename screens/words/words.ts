import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { LANGUAGES } from './language.ts'
import type { Language } from './language.ts'

/**
 * Every text of the screens, in both languages side by side: what one language lacks does not compile. A feature
 * declares its texts beside its screens, so that they are loaded with them.
 */

export interface Sentence {
  readonly fr: string
  readonly en: string
}

declare const text: unique symbol
/** A text in the language of the moment: said by `useSay`. */
export type Text = string & { readonly [text]: true }

const CHOSEN = 'grandlivre.language'

const preferred = (): Language => {
  const chosen = localStorage.getItem(CHOSEN)
  if (chosen === 'fr' || chosen === 'en') return chosen
  return navigator.language.startsWith('en') ? 'en' : 'fr'
}

void i18next.use(initReactI18next).init({
  lng: preferred(),
  fallbackLng: false,
  resources: { fr: {}, en: {} },
  keySeparator: false,
  initAsync: false,
  interpolation: { escapeValue: false },
  react: { useSuspense: false, bindI18nStore: '' },
})
document.documentElement.lang = i18next.language

/**
 * Declares the texts of a feature. `{{name}}` stands for a value; a key that ends with `_one` or `_other` is the form
 * for a `count`, and is said by the key without that end.
 */
export const dictionary = <D extends Readonly<Record<string, Sentence>>>(
  name: string,
  sentences: D,
): { readonly [K in keyof D as K extends `${infer Base}_${'one' | 'other'}` ? Base : K]: Text } => {
  for (const language of LANGUAGES) {
    const texts = Object.entries(sentences).map(([key, sentence]) => [key, sentence[language]])
    i18next.addResourceBundle(language, name, Object.fromEntries(texts))
  }
  const keys = new Set(Object.keys(sentences).map(key => key.replace(/_(?:one|other)$/, '')))
  return Object.fromEntries([...keys].map(key => [key, `${name}:${key}`])) as never
}

export type Values = Readonly<Record<string, string | number>>
export type Say = (text: Text, values?: Values) => string

export const say: Say = (text, values = {}) => i18next.t(text, values)

/** Says texts in the language of the moment, and says them again when it changes. */
export const useSay = (): Say => {
  useTranslation()
  return say
}

export const language = (): Language => (i18next.language === 'en' ? 'en' : 'fr')

export const useLanguage = (): Language => {
  useTranslation()
  return language()
}

export const chooseLanguage = (chosen: Language): void => {
  localStorage.setItem(CHOSEN, chosen)
  document.documentElement.lang = chosen
  void i18next.changeLanguage(chosen)
}
