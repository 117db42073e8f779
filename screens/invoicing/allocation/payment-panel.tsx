import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { mayReadIn, maySendIn, useMe } from '../../api/session.ts'
import { customers } from '../../commerce/references.ts'
import { PreviewSection } from '../../documents/preview.tsx'
import { FormFields } from '../../forms/form-fields.tsx'
import { useSubmitKey } from '../../forms/form-page.tsx'
import { LinesEditor } from '../../forms/lines-editor.tsx'
import { ProblemNote } from '../../forms/notes.tsx'
import { useForm } from '../../forms/use-form.ts'
import type { FormAtWork } from '../../forms/use-form.ts'
import { EntityLink } from '../../frame/entity.tsx'
import { ScreenLink } from '../../frame/link.tsx'
import { Loading } from '../../frame/messages.tsx'
import { useFormats } from '../../words/use-formats.ts'
import { useSay } from '../../words/words.ts'
import { invoicingEvents } from '../event-words.ts'
import { allocateForm, leftOf, settlementsIn, suggested } from './allocate-form.ts'
import { Allocations } from './allocations.tsx'
import classes from './allocation.module.css'
import type { Payment } from './open-invoices.ts'
import { suggestionsFor } from './suggest.ts'
import type { Suggestion } from './suggest.ts'
import { words } from './words.ts'

interface Props {
  readonly payment: Payment
  /** Back to the payments, where the next one is chosen. */
  readonly onLeave: () => void
}

/** One payment: what it may pay, what it is said to pay, and what that would record. */
export const PaymentPanel = ({ payment, onLeave }: Props) => {
  const may = maySendIn(useMe(), allocateForm.command, payment.entityId)
  const work = useForm({
    form: allocateForm,
    subject: { ...payment },
    // What was typed against another remainder is not this.
    subjectId: `${payment.paymentId}.${payment.allocated}`,
    onDone: onLeave,
  })
  return (
    <div className={classes['panel']}>
      <PaymentHead payment={payment} />
      {may && (work.values ? <Bench payment={payment} work={work} onLeave={onLeave} /> : <Loading />)}
      <Allocations of={{ customerId: payment.customerId, entityId: payment.entityId }} />
    </div>
  )
}

const PaymentHead = ({ payment }: Pick<Props, 'payment'>) => {
  const say = useSay()
  const formats = useFormats()
  const me = useMe()
  const { paymentId, entityId, customerId, bankReference, bankDate, currency } = payment
  return (
    <header className={classes['payment']}>
      <h2>
        <customers.Name value={customerId} />
      </h2>
      <ScreenLink to={`/invoicing/payments/${paymentId}`}>{bankReference}</ScreenLink>
      <span>{formats.day(bankDate)}</span>
      <strong className="figure">
        {say(words.left, { amount: formats.money(leftOf(payment), currency) })}
      </strong>
      {mayReadIn(me, 'ledger', entityId) && (
        <EntityLink to={`/ledger/parties/${customerId}`}>{say(words.account)}</EntityLink>
      )}
    </header>
  )
}

const Bench = ({ payment, work, onLeave }: Props & { readonly work: FormAtWork }) => {
  const say = useSay()
  const values = work.values ?? {}
  const lines = settlementsIn(values)
  const suggestions = suggestionsFor({ reference: payment.bankReference, left: leftOf(payment) }, lines)
  const take = (suggestion: Suggestion | undefined): void =>
    work.set(known => ({ settlements: suggested(settlementsIn(known), suggestion?.settlements ?? []) }))
  useSubmitKey(work.submit)
  useSuggestionKeys(suggestions, take, onLeave)
  if (lines.length === 0) return <p className={classes['quiet']}>{say(words.noInvoices)}</p>
  return (
    <form
      noValidate
      onSubmit={event => {
        event.preventDefault()
        work.submit()
      }}
    >
      <div className={classes['suggestions']} role="group" aria-label={say(words.suggestions)}>
        {suggestions.map((suggestion, i) => (
          <Button key={suggestion.reason} variant="default" onClick={() => take(suggestion)}>
            {i + 1} · {say(words[suggestion.reason], { count: suggestion.settlements.length })}
          </Button>
        ))}
        <Button variant="subtle" onClick={() => take(undefined)}>
          {say(words.clear)}
        </Button>
      </div>
      {allocateForm.lines && <LinesEditor lines={allocateForm.lines} work={work} />}
      <div className={classes['send']}>
        <FormFields fields={allocateForm.fields} work={work} />
        <Button type="submit" loading={work.busy}>
          {say(words.allocate)}
        </Button>
      </div>
      <p className={classes['quiet']}>{say(words.keys)}</p>
      <ProblemNote work={work} form={allocateForm} />
      <PreviewSection form={allocateForm} work={work} words={invoicingEvents} />
    </form>
  )
}

/** A digit takes a suggestion, unless it is typed into an amount; Escape goes back to the payments. */
const useSuggestionKeys = (
  suggestions: readonly Suggestion[],
  take: (suggestion: Suggestion) => void,
  leave: () => void,
): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const isTyping = event.target instanceof HTMLInputElement
      const suggestion = isTyping ? undefined : suggestions[Number(event.key) - 1]
      if (suggestion) take(suggestion)
      else if (event.key === 'Escape' && isTyping) leave()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
}
