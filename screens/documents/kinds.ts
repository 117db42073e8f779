import { lazy } from 'react'
import type { ComponentType } from 'react'
import { contexts } from '../contexts.ts'
import type { Text } from '../words/words.ts'

/** Kinds of documents by the category of their streams, as the contexts declare them, in the order of the business. */

interface Kind {
  readonly category: string
  readonly label: Text
  /** Where its list is; behind it stands the id. */
  readonly to: string
  /** What an id is called; loaded once one is shown. */
  readonly Name: ComponentType<{ readonly value: unknown }>
}

const kinds: readonly Kind[] = contexts
  .flatMap(({ screens }) => screens)
  .flatMap(screen => {
    if (screen.kind !== 'document' || !screen.named) return []
    const { category, as } = screen.named
    const Name = lazy(async () => ({ default: (await as()).default.Name }))
    return [{ category, label: screen.label, to: screen.path, Name }]
  })

export type LinkedDocument = Kind & { readonly id: string }

/** The documents of streams, each once; streams of what is no document of a screen are left out. */
export const documentsOf = (streams: Iterable<string>): readonly LinkedDocument[] => {
  const all = [...new Set(streams)]
  return kinds.flatMap(kind =>
    all
      .filter(stream => stream.startsWith(`${kind.category}-`))
      .map(stream => ({ ...kind, id: stream.slice(kind.category.length + 1) })),
  )
}

/** The category of the documents of a list. */
export const categoryOf = (list: string): string | undefined => kinds.find(({ to }) => to === list)?.category
