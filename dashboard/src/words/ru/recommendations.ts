import type { Texts } from '../en/en.ts'

export const recommendations: Texts['recommendations'] = {
  interests: 'Интересы',
  noInterestsAreKnownYet: 'Интересы пока неизвестны.',
  whatToOffer: 'Что предложить',
  stageOfTheSale: 'Этап продажи',
  now: 'Сейчас: {stage}',
  currentStage: 'Текущий этап',
  noOfferIsLikelyEnoughTo: 'Нет предложения, которое примут с достаточной вероятностью.',
  aPersonalInterestOfTheContacts: '{name} (личный интерес контактных лиц)',
}
