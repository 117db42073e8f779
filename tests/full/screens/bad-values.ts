const MARKUP = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'
/** What somebody may type. */
export const TYPED = [
  '',
  '   ',
  'x'.repeat(50_000),
  '-1',
  'NaN',
  'Infinity',
  '1e309',
  '👩‍👩‍👧🚂',
  'שלום \u202Eabc',
  MARKUP,
  "'; drop table log.events; --",
  '31/02/2026',
  '0000-00-00',
  '9007199254740992',
  '99999999999999999999',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  '${7*7}{{7*7}}',
] as const
/** What no keyboard makes, and every program can send. */
export const SENT = [
  null,
  true,
  [],
  {},
  -1,
  1.5,
  2 ** 53,
  -(2 ** 53),
  1e300,
  { $protected: 'v1' },
  [[[[]]]],
] as const
