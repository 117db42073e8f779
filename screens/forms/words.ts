import { dictionary } from '../words/words.ts'

export const words = dictionary('forms', {
  restored: {
    fr: 'Voici ce que vous aviez commencé.',
    en: 'This is what you had begun.',
  },
  offered: {
    fr: 'Vous aviez commencé cette saisie dans une autre fenêtre, ou avant de fermer celle-ci.',
    en: 'You had begun this in another window, or before you closed this one.',
  },
  takeUp: { fr: 'La reprendre', en: 'Take it up' },
  beginAnew: { fr: 'En commencer une autre', en: 'Begin another one' },
  startAnew: { fr: 'Recommencer', en: 'Start anew' },
  cancel: { fr: 'Annuler', en: 'Cancel' },
  optional: { fr: '{{label}} (facultatif)', en: '{{label}} (optional)' },
  line: { fr: 'Ligne {{n}}', en: 'Line {{n}}' },
  addLine: { fr: 'Ajouter une ligne', en: 'Add a line' },
  removeLine: { fr: 'Retirer la ligne {{n}}', en: 'Remove line {{n}}' },
  linesHint: {
    fr: 'Entrée : case suivante, puis nouvelle ligne. Collez des lignes depuis un tableur.',
    en: 'Enter: next cell, then a new line. Paste lines from a spreadsheet.',
  },
  missingHint: { fr: '« = » : ce qui manque.', en: '“=”: what is missing.' },
  total: { fr: 'Total HT', en: 'Net total' },
  unit: { fr: 'Unité', en: 'Unit' },
  whatWillHappen: { fr: 'Ce qui sera enregistré', en: 'What will be recorded' },
  previewWaits: {
    fr: 'L’aperçu vient dès que tout ce qu’il faut est rempli.',
    en: 'The preview comes once all that it takes is filled in.',
  },
  previewComes: { fr: 'L’aperçu arrive…', en: 'The preview is coming…' },
  previewNothing: {
    fr: 'C’est déjà fait : rien ne changerait.',
    en: 'It is done already: nothing would change.',
  },
  stale: {
    fr: 'Le document a changé entre-temps : voici son état présent. Vérifiez, puis validez à nouveau.',
    en: 'The document has changed meanwhile: this is how it stands now. Check, then send again.',
  },
  taken: {
    fr: 'Déjà enregistré, depuis une autre fenêtre ou un envoi précédent. Vérifiez : valider à nouveau en enregistre un autre.',
    en: 'Recorded already, from another window or by an earlier sending. Check: sending again records another one.',
  },
  templates: { fr: 'Modèles', en: 'Templates' },
  needed: { fr: 'À remplir', en: 'Needed' },
})

export const templateWords = dictionary('templates', {
  mine: { fr: 'Mes modèles', en: 'My templates' },
  team: { fr: 'Modèles de l’équipe', en: 'Templates of the team' },
  keep: { fr: 'Enregistrer comme modèle…', en: 'Save as a template…' },
  keepTitle: { fr: 'Enregistrer comme modèle', en: 'Save as a template' },
  change: { fr: 'Modifier « {{name}} »…', en: 'Change “{{name}}”…' },
  changeTitle: {
    fr: 'Modifier le modèle d’après cette saisie',
    en: 'Change the template to what is typed',
  },
  name: { fr: 'Nom du modèle', en: 'Name of the template' },
  replaced: { fr: 'Remplace votre modèle de ce nom.', en: 'Replaces your template of this name.' },
})
