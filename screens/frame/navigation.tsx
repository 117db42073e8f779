import { useRouterState } from '@tanstack/react-router'
import { mayReadIn, useMe } from '../api/session.ts'
import { contexts } from '../contexts.ts'
import { useSay } from '../words/words.ts'
import { inNavigation } from './declaration.ts'
import { useEntity } from './entity.tsx'
import { ScreenLink } from './link.tsx'
import { Pinned } from './pinned.tsx'
import classes from './shell.module.css'
import { words } from './words.ts'

/** The screens of each context that this person may open in the entity chosen, and the documents kept at hand. */
export const Navigation = ({ onOpened }: { readonly onOpened: () => void }) => {
  const say = useSay()
  const me = useMe()
  const entity = useEntity()
  const path = useRouterState({ select: state => state.location.pathname })
  const open = contexts
    .map(context => ({
      ...context,
      screens: context.screens.filter(
        screen => inNavigation(screen) && mayReadIn(me, screen.area, entity?.entityId),
      ),
    }))
    .filter(({ screens }) => screens.length > 0)
  return (
    <nav className={classes['navigation']} aria-label={say(words.navigation)} onClick={onOpened}>
      <ul>
        <li>
          <ScreenLink to="/">{say(words.home)}</ScreenLink>
        </li>
      </ul>
      <Pinned />
      {open.map(({ name, label, screens }) => (
        <section key={name}>
          <h2>{say(label)}</h2>
          <ul>
            {screens.map(screen => (
              <li key={screen.path}>
                <NavigationLink to={screen.path} present={path.startsWith(`${screen.path}/`)}>
                  {say(screen.label)}
                </NavigationLink>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

/** A link that is also marked where a document of its list is open. */
const NavigationLink = ({
  to,
  present,
  children,
}: {
  readonly to: string
  readonly present: boolean
  readonly children: string
}) => (
  <ScreenLink to={to} {...(present && { 'aria-current': 'page' })}>
    {children}
  </ScreenLink>
)
