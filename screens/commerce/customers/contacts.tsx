import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../../api/client.ts'
import type { Row } from '../../api/client.ts'
import { maySend, useMe } from '../../api/session.ts'
import { ActDrawer } from '../../documents/act-drawer.tsx'
import documents from '../../documents/documents.module.css'
import { useSay } from '../../words/words.ts'
import { commerceEvents } from '../event-words.ts'
import { removeContact } from './contact-actions.ts'
import { words } from './words.ts'

type Contact = Row<'/api/commerce/customers/{id}/contacts'>

const CONTACTS_MAX = '100'

/** People at a customer: by what they do there, and by name for whoever asks, which is written down. */
export const Contacts = ({ customerId }: { readonly customerId: string }) => {
  const say = useSay()
  const me = useMe()
  const [revealed, setRevealed] = useState(false)
  const [removed, setRemoved] = useState<Contact>()
  const { data: contacts } = useQuery({
    queryKey: ['document', 'contacts', customerId],
    queryFn: async ({ signal }) => {
      const query = { limit: CONTACTS_MAX }
      const page = await get('/api/commerce/customers/{id}/contacts', {
        values: { id: customerId },
        query,
        signal,
      })
      return page.items
    },
  })
  if (contacts === undefined) return null
  return (
    <section className={documents['box']}>
      <h2>{say(words.contacts)}</h2>
      {contacts.length === 0 && <p className={documents['quiet']}>{say(words.noContact)}</p>}
      <ul className={documents['people']}>
        {contacts.map(contact => (
          <li key={contact.personId}>
            {revealed ? <Person personId={contact.personId} /> : null} {contact.role}
            {maySend(me, 'commerce.removeCustomerContact') && (
              <Button variant="subtle" size="compact-xs" onClick={() => setRemoved(contact)}>
                {say(words.removeContact)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {contacts.length > 0 && !revealed && (
        <>
          <Button variant="default" onClick={() => setRevealed(true)}>
            {say(words.reveal)}
          </Button>
          <p className={documents['quiet']}>{say(words.revealHint)}</p>
        </>
      )}
      {removed && (
        <ActDrawer
          form={removeContact.form}
          subject={removed}
          subjectId={removed.personId}
          revision={undefined}
          events={commerceEvents}
          onClose={() => setRemoved(undefined)}
        />
      )}
    </section>
  )
}

const Person = ({ personId }: { readonly personId: string }) => {
  const say = useSay()
  const { data, isError } = useQuery({
    queryKey: ['person', personId],
    retry: false,
    queryFn: ({ signal }) =>
      get('/api/organisation/persons/{id}', {
        values: { id: personId },
        query: { purpose: 'contract' },
        signal,
      }),
  })
  if (isError) return <em>{say(words.forgotten)}</em>
  if (!data) return null
  const { name, email, phone } = data
  return (
    <span>
      <strong>{name ?? say(words.forgotten)}</strong>
      {email !== null && (
        <>
          {' · '}
          <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>
        </>
      )}
      {phone !== null && ` · ${phone}`}
      {' · '}
    </span>
  )
}
