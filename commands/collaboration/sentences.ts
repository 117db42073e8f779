import type { DiscussionRejection } from '../../domain/collaboration/discussion.ts'
import { sentencesFor } from '../definition.ts'
import type { WithdrawalRejection } from './comments.ts'
import type { DocumentRejection } from './documents.ts'

export const collaborationSentences = sentencesFor<
  DiscussionRejection | WithdrawalRejection | DocumentRejection
>({
  DOCUMENT_NOT_FOUND: () => ({
    fields: ['about.documentId'],
    fr: 'Ce document n’existe pas (champ « about.documentId »).',
    en: 'This document does not exist (field "about.documentId").',
  }),
  COMMENT_EMPTY: () => ({
    fields: ['text'],
    fr: 'Le commentaire est vide (champ « text ») : écrivez quelque chose.',
    en: 'The comment is empty (field "text"): write something.',
  }),
  COMMENT_ALREADY_EXISTS: () => ({
    fields: ['commentId'],
    fr: 'Un autre commentaire porte déjà cet identifiant (champ « commentId »).',
    en: 'Another comment already has this id (field "commentId").',
  }),
  COMMENT_NOT_FOUND: () => ({
    fields: ['commentId'],
    fr: 'Ce document n’a pas de commentaire de cet identifiant (champ « commentId »).',
    en: 'This document has no comment with this id (field "commentId").',
  }),
  COMMENT_OF_ANOTHER: () => ({
    fields: ['commentId'],
    fr: 'Seul son auteur retire un commentaire : répondez-lui par un autre.',
    en: 'Only its author withdraws a comment: answer it by another one.',
  }),
})
