/** The kinds of values: what a value is read and written as. */
export type Kind =
  | 'text'
  | 'amount'
  | 'quantity'
  | 'price'
  | 'rate'
  | 'count'
  | 'day'
  | 'month'
  | 'instant'
  | 'flag'
  | 'choice'
  | 'reference'
