import { formatsOf } from './formats.ts'
import type { Formats } from './formats.ts'
import { useLanguage } from './words.ts'

export const useFormats = (): Formats => formatsOf(useLanguage())
