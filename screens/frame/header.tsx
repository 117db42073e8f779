import { ActionIcon, Burger, Kbd, Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { signOut } from '../api/account.ts'
import { meQuery, useMe } from '../api/session.ts'
import { LANGUAGES } from '../words/language.ts'
import { chooseLanguage, useLanguage, useSay } from '../words/words.ts'
import { EntityChooser } from './entity.tsx'
import { ScreenLink, useOpen } from './link.tsx'
import { openPalette } from './palette.tsx'
import { openShortcuts } from './shortcuts.tsx'
import classes from './shell.module.css'
import { roleWords, words } from './words.ts'

export const Header = ({ onMenu }: { readonly onMenu: () => void }) => {
  const say = useSay()
  return (
    <header className={classes['header']}>
      <Burger
        className={classes['menu-button']}
        size="sm"
        onClick={onMenu}
        aria-label={say(words.openNavigation)}
      />
      <ScreenLink to="/" className={classes['brand']}>
        <Mark />
        <span>Grandlivre</span>
      </ScreenLink>
      <button type="button" className={classes['search']} onClick={openPalette}>
        <span>{say(words.palette)}</span>
        <Kbd size="xs">Ctrl K</Kbd>
      </button>
      <span className={classes['space']} />
      <div className={classes['entity']}>
        <EntityChooser />
      </div>
      <LanguageSwitch />
      <UserMenu />
    </header>
  )
}

const Mark = () => (
  <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="6" fill="#0b6e6e" />
    <path d="M9 8h9a5 5 0 0 1 5 5v11h-9a5 5 0 0 1-5-5z" fill="none" stroke="#fff" strokeWidth="2.4" />
    <path d="M13 13.5h6M13 18h6" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
  </svg>
)

export const LanguageSwitch = () => {
  const say = useSay()
  const language = useLanguage()
  return (
    <SegmentedControl
      size="xs"
      flex="none"
      aria-label={say(words.language)}
      data={LANGUAGES.map(value => ({ value, label: value.toUpperCase() }))}
      value={language}
      onChange={value => chooseLanguage(value)}
    />
  )
}

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map(part => part[0] ?? '')
    .slice(0, 2)
    .join('')

const UserMenu = () => {
  const say = useSay()
  const me = useMe()
  const client = useQueryClient()
  const open = useOpen()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const leave = async (): Promise<void> => {
    const next = await signOut()
    client.clear()
    await client.refetchQueries(meQuery)
    window.location.assign(next)
  }
  const name = me.name ?? me.login ?? ''
  return (
    <Menu width={240}>
      <Menu.Target>
        <ActionIcon variant="light" size={30} radius="xl" aria-label={`${initialsOf(name)}, ${name}`}>
          {initialsOf(name)}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name}
          <br />
          {[...new Set(me.grants.map(({ role }) => role))].map(role => say(roleWord(role))).join(', ')}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{say(words.appearance)}</Menu.Label>
        <Menu.RadioGroup value={colorScheme}>
          {(['light', 'dark', 'auto'] as const).map(scheme => (
            <Menu.RadioItem key={scheme} value={scheme} onChange={() => setColorScheme(scheme)}>
              {say(scheme === 'auto' ? words.system : words[scheme])}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item onClick={() => open('/organisation/account')}>{say(words.account)}</Menu.Item>
        <Menu.Item onClick={openShortcuts} rightSection={<Kbd size="xs">?</Kbd>}>
          {say(words.shortcuts)}
        </Menu.Item>
        <Menu.Item onClick={() => void leave()}>{say(words.signOut)}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const roleWord = (role: string) => roleWords[role as keyof typeof roleWords]
