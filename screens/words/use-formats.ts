import { createContext, useContext } from 'react'
import { formatsOf } from './formats.ts'
import type { Formats } from './formats.ts'
import { useLanguage } from './words.ts'

const Zone = createContext<string | undefined>(undefined)

/** Around what belongs to one place: instants stand in its time zone, wherever it is looked at from. */
export const InTimeZone = Zone.Provider

export const useFormats = (): Formats => formatsOf(useLanguage(), useContext(Zone))
