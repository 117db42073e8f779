import { Button } from '@mantine/core'
import { signOut } from '../api/account.ts'
import { LanguageSwitch } from '../frame/header.tsx'
import { useSay } from '../words/words.ts'
import classes from './account.module.css'
import { SecondFactorSetting } from './second-factor.tsx'
import { words } from './words.ts'

/** For who must set a second factor before anything else opens. */
export default function MustSetFactor({ onDone }: { readonly onDone: () => void }) {
  const say = useSay()
  const leave = async (): Promise<void> => {
    window.location.assign(await signOut())
  }
  return (
    <main className={classes['alone']}>
      <div className={classes['corner']}>
        <LanguageSwitch />
      </div>
      <section className={classes['box']}>
        <h1>{say(words.mustSet)}</h1>
        <p className={classes['hint']}>{say(words.mustSetHint)}</p>
        <p className={classes['hint']}>{say(words.factorHint)}</p>
        <SecondFactorSetting replaces={false} onDone={onDone} />
      </section>
      <Button variant="subtle" onClick={() => void leave()}>
        {say(words.signOut)}
      </Button>
    </main>
  )
}
