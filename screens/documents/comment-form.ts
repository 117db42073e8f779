import type { Commands } from '../api/generated.ts'
import type { AnyForm, FormDeclaration } from '../forms/declaration.ts'
import { newId } from '../forms/ids.ts'
import { text } from '../shapes/shapes.tsx'
import type { AnyDocument } from './declaration.ts'
import { categoryOf } from './kinds.ts'
import { words } from './words.ts'

type Input = Commands['collaboration.writeComment']

/** The document that is spoken about. */
export type About = Input['about']

/** What a document is called where it is spoken about; undefined where nobody speaks about such. */
export const aboutOf = ({ list }: AnyDocument, documentId: string): About | undefined => {
  const category = categoryOf(list) as About['category'] | undefined
  return category && { category, documentId }
}

const declared: FormDeclaration<'collaboration.writeComment', About> = {
  command: 'collaboration.writeComment',
  title: words.comments,
  submit: words.comment,
  fields: [{ name: 'text', label: words.writeComment, as: text, wide: true }],
  // Known from the first letter on: what is sent again is the same comment.
  begin: () => ({ commentId: newId(), text: '' }),
  input: ({ commentId, text: typed }, about) => {
    const said = String(typed).trim()
    return said === '' ? undefined : { commentId: String(commentId), about, text: said }
  },
  done: () => [words.commented, {}],
}

/** A comment as it is written. */
export const writeForm = declared as unknown as AnyForm
