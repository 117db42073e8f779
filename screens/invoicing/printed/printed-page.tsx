import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get } from '../../api/client.ts'
import { ScreenLink, useAddressPart } from '../../frame/link.tsx'
import { Failed, Loading } from '../../frame/messages.tsx'
import { useSay } from '../../words/words.ts'
import type { PrintedContent } from './content.ts'
import { PrintedDocument } from './document.tsx'
import classes from './printed.module.css'
import { words } from './words.ts'

const PATH = '/api/invoicing/invoices/{id}/content'

/** An issued document on paper: what was frozen, and nothing else. */
export default function PrintedPage() {
  const say = useSay()
  const id = useAddressPart('id')
  // With the name of a private customer, which the paper must bear: a read that is written down.
  const { data, error, refetch } = useQuery({
    queryKey: ['printed', id],
    staleTime: Infinity,
    queryFn: ({ signal }) => get(PATH, { values: { id }, query: { personal: 'true' }, signal }),
  })
  useEffect(() => {
    // What the browser offers as the name of the file.
    if (data) window.document.title = data.number
  }, [data])
  if (!data) return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />
  const { number, issuedOn, dueOn, content } = data
  return (
    <div className={classes['page']}>
      <div className={classes['tools']}>
        <Button onClick={() => window.print()}>{say(words.print)}</Button>
        <ScreenLink to={`/invoicing/invoices/${id}`}>{say(words.backToInvoice)}</ScreenLink>
      </div>
      <PrintedDocument {...{ number, issuedOn, dueOn }} content={content as unknown as PrintedContent} />
    </div>
  )
}
