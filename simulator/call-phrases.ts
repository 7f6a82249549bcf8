import type { Product } from './products.ts'

/** What is said in calls; slots as in visit-phrases.ts. */

export const greetings: readonly string[] = [
  '{customer}您好，这里是银行客户服务，想占用您一分钟介绍一下{product}。',
  '您好，请问是{customer}吗？我是您的客户经理。',
  '{customer}您好，您之前在手机银行看过{product}，我来给您介绍一下。',
  '您好，{customer}，我行最近有{product}的优惠活动。',
]

/** From hanging up (0) to buying (3). */
export const answers: readonly (readonly string[])[] = [
  [
    '不需要，别再打了。',
    '没兴趣。',
    '我在开会，挂了。',
    '你们怎么又打来了？',
    '不要不要。',
    '打错了吧。',
    '我不办这个，谢谢。',
    '能不能把我号码删了？',
  ],
  [
    '现在不方便，改天吧。',
    '再说吧。',
    '我考虑一下。',
    '你发个短信我看看。',
    '最近没这个打算。',
    '我已经有了，不太需要。',
    '利息有点高吧。',
    '先不办，谢谢。',
  ],
  [
    '利率是多少？',
    '最多能批多少？',
    '需要什么材料？',
    '多久能到账？',
    '提前还款收费吗？',
    '和{rival}比有什么优势？',
    '可以在手机上办吗？',
    '额度怎么算的？',
  ],
  [
    '可以，怎么办理？',
    '正好需要，帮我申请一下。',
    '好的，发链接给我吧。',
    '行，那就办一个。',
    '最近{use}正缺钱，你帮我看看{amount}万行不行。',
    '我明天去网点办。',
  ],
]

export const pitches: Readonly<Record<Product, readonly string[]>> = {
  'consumer-loan': ['年化利率{rate}起，最高{amount}万，随借随还。', '不用抵押，手机上三分钟出结果。'],
  'business-loan': ['最高{amount}万，凭流水就能申请。', '支持随借随还，适合{use}周转。'],
  'wealth-management': ['近期有一款{rate}的稳健产品，额度有限。', '一年期，起购门槛低。'],
  'credit-card': ['首年免年费，还有积分和商户优惠。', '额度最高五万，线上就能申请。'],
  insurance: ['保费不高，住院和门诊都能覆盖。', '全家一起投保有折扣。'],
}

export const replies: readonly string[] = [
  '好的，我给您说明一下。',
  '这个您放心。',
  '材料很简单，身份证和流水就可以。',
  '审批一般一到两个工作日。',
  '提前还款不收违约金。',
  '我理解您的顾虑。',
]

export const farewells: readonly string[] = [
  '好的，打扰您了，再见。',
  '那我把资料发给您，再见。',
  '感谢您的时间，祝您生活愉快。',
  '已经帮您登记，稍后会有短信通知。',
]

export const inquiries: readonly string[] = [
  '我想问一下{product}的额度。',
  '我的账单好像不对，帮我查一下。',
  '怎么提前还款？',
  '最近{use}要用钱，能贷多少？',
  '信用卡丢了怎么办？',
  '转账一直没到账。',
]
