import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'

export type Fields = Readonly<Record<string, unknown>>

/** Asks the API as the page does. */
export const ask = (page: Page, path: string, command?: object): Promise<Fields> =>
  page.evaluate<Fields, { path: string; command?: object | undefined; key: string }>(
    async ({ path, command, key }) => {
      const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key }
      const init = command && { method: 'POST', headers, body: JSON.stringify(command) }
      return (await (await fetch(path, init)).json()) as Fields
    },
    { path, command, key: randomUUID() },
  )
export const firstOf = async (page: Page, path: string): Promise<Fields> =>
  ((await ask(page, `${path}?limit=1`))['items'] as readonly Fields[])[0] as Fields
