import type { ReactNode } from 'react'
import classes from './documents.module.css'

/** A value that is another one at another moment, marked, with what it is then; told by more than its colour. */
export const Marked = ({ told, children }: { readonly told: string; readonly children: ReactNode }) => (
  <mark className={classes['changed']} title={told}>
    {children}
    <span className="hidden-text"> ({told})</span>
  </mark>
)
