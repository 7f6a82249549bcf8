import type { Texts } from '../en/en.ts'

export const recommendations: Texts['recommendations'] = {
  interests: '兴趣',
  noInterestsAreKnownYet: '尚不了解客户的兴趣。',
  whatToOffer: '推荐内容',
  stageOfTheSale: '销售阶段',
  now: '当前：{stage}',
  currentStage: '当前阶段',
  noOfferIsLikelyEnoughTo: '没有足够可能被接受的推荐。',
  aPersonalInterestOfTheContacts: '{name}（联系人的个人兴趣）',
}
