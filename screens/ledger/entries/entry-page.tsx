import { useQuery } from '@tanstack/react-query'
import { get } from '../../api/client.ts'
import type { Answer } from '../../api/client.ts'
import documentClasses from '../../documents/documents.module.css'
import { EntryTable } from '../../documents/entry-table.tsx'
import type { EntryLine } from '../../documents/entry-table.tsx'
import { Company } from '../../documents/company.tsx'
import { documentsOf } from '../../documents/kinds.ts'
import { DocumentLinks } from '../../documents/linked.tsx'
import { EntityHere, EntityLink, useEntityOf } from '../../frame/entity.tsx'
import { useAddressPart } from '../../frame/link.tsx'
import { Failed, Loading } from '../../frame/messages.tsx'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import classes from '../ledger.module.css'
import { words } from '../words.ts'

type Entry = Answer<'/api/ledger/entries/{ordinal}'>

/** One entry: its lines, each account a link to its page, and the documents that it comes from. */
export default function EntryPage() {
  const ordinal = useAddressPart('ordinal')
  const { data, error, refetch } = useQuery({
    queryKey: ['entry', ordinal],
    queryFn: ({ signal }) => get('/api/ledger/entries/{ordinal}', { values: { ordinal }, signal }),
  })
  const entity = useEntityOf(data?.entry.entityId)
  if (data)
    return (
      <EntityHere value={entity}>
        <Shown {...data} />
      </EntityHere>
    )
  return error ? <Failed error={error} again={() => void refetch()} /> : <Loading />
}

const lineOf = ({ account, label, amount, partyCode }: Entry['lines'][number]): EntryLine => ({
  account,
  label,
  side: amount >= 0 ? 'debit' : 'credit',
  amount: Math.abs(amount),
  ...(partyCode !== null && { auxiliary: { code: partyCode } }),
})

const Shown = ({ entry, lines, documents }: Entry) => {
  const say = useSay()
  const formats = useFormats()
  const { journal, number, postedOn, label, recordedAt, currency, documentReference } = entry
  const month = postedOn.slice(0, 7)
  return (
    <article className={documentClasses['page']}>
      <header className={documentClasses['head']}>
        <div>
          <EntityLink to="/ledger/entries" className={documentClasses['kind']}>
            {say(words.entries)}
          </EntityLink>
          <h1>{say(words.entryTitle, { journal, number })}</h1>
        </div>
        <span className={documentClasses['quiet']}>{label}</span>
      </header>
      <div className={documentClasses['columns']}>
        <section className={documentClasses['box']}>
          <EntryTable
            entry={{
              journal,
              currency,
              documentReference,
              accountingDate: postedOn,
              lines: lines.map(lineOf),
            }}
            accountTo={account => ({
              to: `/ledger/accounts/${account}`,
              search: { from: month, to: month },
            })}
          />
        </section>
        <aside className={documentClasses['aside']}>
          <Documents streams={documents} />
          <section className={documentClasses['box']}>
            <dl className={documentClasses['facts']}>
              <Company entityId={entry.entityId} />
              <div>
                <dt>{say(words.recordedAt)}</dt>
                <dd>{formats.instant(recordedAt)}</dd>
              </div>
              <div>
                <dt>{say(words.rule)}</dt>
                <dd>
                  {entry.rule} v{entry.ruleVersion}
                </dd>
              </div>
            </dl>
          </section>
          <EntityLink
            to="/ledger/trial-balance"
            search={{ from: month, to: month }}
            className={classes['crumb']}
          >
            {say(words.back)}
          </EntityLink>
        </aside>
      </div>
    </article>
  )
}

const Documents = ({ streams }: { readonly streams: readonly string[] }) => {
  const say = useSay()
  return (
    <section className={documentClasses['box']}>
      <h2>{say(words.documents)}</h2>
      <ul className={documentClasses['linked']}>
        <DocumentLinks documents={documentsOf(streams)} />
      </ul>
    </section>
  )
}
