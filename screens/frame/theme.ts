import { createTheme } from '@mantine/core'
import type { CSSVariablesResolver } from '@mantine/core'

/** Dense and calm: one accent colour, small controls, figures of equal width where they stand in columns. */
export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 7 },
  colors: {
    petrol: [
      '#e8f4f4',
      '#d0e7e7',
      '#a3d2d2',
      '#74bcbc',
      '#4fabab',
      '#2f9696',
      '#147f7f',
      '#0b6e6e',
      '#085858',
      '#044343',
    ],
  },
  fontFamily: "'Inter Variable', 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '19px' }, h2: { fontSize: '15px' }, h3: { fontSize: '13px' } },
  },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    // The list itself scrolls: keys reach it from the field.
    Select: {
      defaultProps: {
        size: 'xs',
        withScrollArea: false,
        styles: { options: { maxHeight: 240, overflowY: 'auto' } },
      },
    },
    // A menu lies where its button lies, so that it belongs to a landmark, and holds nothing but its items.
    Menu: {
      defaultProps: { position: 'bottom-end', withinPortal: false, withInitialFocusPlaceholder: false },
    },
    Textarea: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
  },
})

/** The library's grey texts are too pale to be read by everybody (WCAG 1.4.3). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#56606a',
    '--mantine-color-placeholder': '#626c76',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#0b6e6e',
  },
  dark: {
    '--mantine-color-dimmed': '#a9b1b8',
    '--mantine-color-placeholder': '#9aa2a9',
    '--mantine-color-error': '#ff9d92',
    '--mantine-color-anchor': '#74bcbc',
  },
})
