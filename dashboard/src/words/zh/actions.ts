import type { Texts } from '../en/en.ts'

export const actions: Texts['actions'] = {
  'first-visit': '进行首次拜访。',
  'keep-promise': '落实上次拜访的约定。',
  'ask-for-decision': '已过计划成交日：请对方作出决定，或更正日期。',
  'bring-offer': '带上可签署的合同。',
  'ask-what-changed': '询问有何变化：上次拜访比前一次差。',
  'visit-this-week': '趁热打铁，本周拜访。',
  'renew-contact': '尽快恢复联系，以免流失。',
  reconsider: '考虑是否继续：多次拜访进展甚微。',
  wait: '再等几天：刚刚拜访过。',
  'go-on': '按顺序拜访。',
}
