import { parseInput } from '../commands/validation.ts'
import { Company } from '../integrations/import/company.ts'
import { Failure, exitCodes } from './failure.ts'
import type { Sentence } from './failure.ts'

/**
 * The legal entity that a log is opened with, from its JSON file.
 * @throws Failure COMPANY_FILE_INVALID naming the field and what is expected
 */
export const readCompany = (file: string, json: string): Company => {
  const parsed = parseInput(Company, parseJson(file, json))
  if (parsed.ok) return parsed.input as Company
  const [issue] = parsed.issues
  throw invalid(file, issue?.field ?? '', issue ?? NO_JSON)
}

const NO_JSON: Sentence = { en: 'Expected JSON text.', fr: 'Attendu : du JSON.' }

const parseJson = (file: string, json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw invalid(file, '', NO_JSON, cause)
  }
}

const invalid = (file: string, field: string, { en, fr }: Sentence, cause?: unknown): Failure =>
  new Failure(
    'COMPANY_FILE_INVALID',
    { en: `${file}: ${en}`, fr: `${file} : ${fr}` },
    { facts: { file, field }, exitCode: exitCodes.usage, cause },
  )
