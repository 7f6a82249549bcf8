import type { Texts } from '../en/en.ts'

export const calls: Texts['calls'] = {
  whatToSay: '话术内容',
  noScriptTemplatesAreInUse: '没有启用的话术模板。',
  targetGroups: '目标客群',
  notInAnyTargetGroup: '不属于任何目标客群。',
  canWeCallNow: '现在可以致电吗？',
  thereAreNoContactRules: '没有联系规则。',
  yes: '可以',
  no: '不可以',
  until: '至 {until}',
  sayFirst: '先说：{announcement}',
  callerIdToShow: '显示的主叫名称：{label}',
  noProductToOffer: '没有可推荐的产品。',
  about: '关于：{product}',
  alwaysSayThis: '必须说明',
}
