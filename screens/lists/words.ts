import { dictionary } from '../words/words.ts'

export const words = dictionary('lists', {
  search: { fr: 'Chercher', en: 'Search' },
  columns: { fr: 'Colonnes', en: 'Columns' },
  export: { fr: 'Exporter', en: 'Export' },
  exporting: { fr: 'Export : {{count}} lignes…', en: 'Export: {{count}} rows…' },
  exported: { fr: '{{count}} lignes exportées', en: '{{count}} rows exported' },
  exportFailed: { fr: 'L’export s’est arrêté', en: 'The export stopped' },
  reset: { fr: 'Tout afficher', en: 'Show all' },
  from: { fr: 'De', en: 'From' },
  to: { fr: 'À', en: 'To' },
  rows_one: { fr: '{{shown}} ligne', en: '{{shown}} row' },
  rows_other: { fr: '{{shown}} lignes', en: '{{shown}} rows' },
  rowsRead: { fr: '{{shown}} lignes lues, d’autres suivent', en: '{{shown}} rows read, more follow' },
  reading: { fr: 'Lecture…', en: 'Reading…' },
  total: { fr: 'Total', en: 'Total' },
  nothing: { fr: 'Aucune ligne ne correspond', en: 'No row matches' },
  nothingHint: { fr: 'Élargissez les filtres ou la recherche.', en: 'Widen the filters or the search.' },
  since: { fr: 'dès {{from}}', en: 'from {{from}}' },
  until: { fr: 'jusqu’à {{to}}', en: 'until {{to}}' },
  clear: { fr: 'Effacer', en: 'Clear' },
  sorted: { fr: 'Trier par {{label}}', en: 'Sort by {{label}}' },
})
