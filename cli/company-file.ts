import { Company } from '../integrations/import/company.ts'
import { Failure, exitCodes } from './failure.ts'

/**
 * The legal entity that a log is opened with, from its JSON file.
 * @throws Failure COMPANY_FILE_INVALID naming the field and what is expected
 */
export const readCompany = (file: string, json: string): Company => {
  const parsed = Company.safeParse(parseJson(file, json))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.') ?? ''
  throw invalid(file, field, issue?.message ?? '')
}

const parseJson = (file: string, json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw invalid(file, '', (error as Error).message)
  }
}

const invalid = (file: string, field: string, reason: string): Failure =>
  new Failure(
    'COMPANY_FILE_INVALID',
    {
      en: `${file}${field === '' ? '' : `, field "${field}"`}: ${reason}`,
      fr: `${file}${field === '' ? '' : `, champ « ${field} »`} : ${reason}`,
    },
    { facts: { file, field }, exitCode: exitCodes.usage },
  )
