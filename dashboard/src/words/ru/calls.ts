import type { Texts } from '../en/en.ts'

export const calls: Texts['calls'] = {
  whatToSay: 'Что сказать',
  noScriptTemplatesAreInUse: 'Нет действующих шаблонов скриптов.',
  targetGroups: 'Целевые группы',
  notInAnyTargetGroup: 'Не входит ни в одну целевую группу.',
  canWeCallNow: 'Можно ли сейчас звонить?',
  thereAreNoContactRules: 'Правил контактов нет.',
  yes: 'Да',
  no: 'Нет',
  until: 'до {until}',
  sayFirst: 'Сначала скажите: {announcement}',
  callerIdToShow: 'Показать имя звонящего: {label}',
  noProductToOffer: 'Нет продукта для предложения.',
  about: 'О продукте: {product}',
  alwaysSayThis: 'Сказать обязательно',
}
