import type { Command } from 'commander'
import type { Context } from '../context.ts'

/** Sign-in through an identity provider; each may be given by the environment instead (docs/security.md). */
export const providerOptions = (command: Command, { text }: Context): void => {
  command
    .option(
      '--oidc-issuer <address>',
      text({ en: 'OpenID Connect provider to sign in through', fr: 'fournisseur OpenID Connect' }),
    )
    .option('--oidc-client-id <id>', text({ en: 'what it calls us', fr: 'notre nom chez lui' }))
    .option(
      '--oidc-secret-file <file>',
      text({ en: 'file of mode 600 with our secret', fr: 'fichier (600) de notre secret' }),
    )
    .option('--oidc-groups <file>', text({ en: 'rights by group, JSON', fr: 'droits par groupe, en JSON' }))
    .option(
      '--oidc-create-users',
      text({
        en: 'register whom it vouches for at their first sign-in',
        fr: 'enregistrer à leur première connexion ceux dont il se porte garant',
      }),
    )
}
