import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApiText } from '../api/openapi.ts'
import { eventDefinitions } from '../domain/events.ts'
import { eventCatalogue } from '../event-store/catalogue.ts'
import { dictionary } from '../projections/dictionary.ts'
import { apiTypesText } from './api-types.ts'
import { projectFolder } from './home.ts'

/** A page that is made from the code, and checked in so that it can be read without running anything. */
export interface Generated {
  /** Path in the project. */
  readonly path: string
  readonly text: () => string | Promise<string>
}

export const generated: readonly Generated[] = [
  { path: 'docs/event-catalogue.md', text: () => eventCatalogue(eventDefinitions) },
  { path: 'docs/read-models.md', text: dictionary },
  { path: 'docs/openapi.json', text: openApiText },
  { path: 'screens/api/generated.ts', text: apiTypesText },
]

/** Paths of the pages that are no longer what the code says. */
export const outdated = async (): Promise<readonly string[]> => {
  const paths: string[] = []
  for (const { path, text } of generated)
    if (readFileSync(join(projectFolder, path), 'utf8') !== (await text())) paths.push(path)
  return paths
}

/** `npm run docs` writes the pages; the tests check them. */
if (import.meta.main)
  for (const { path, text } of generated) writeFileSync(join(projectFolder, path), await text())
