import { bernoulli, pick, type Random } from '../random.ts'

/** Wordings of each intent: the current ones, and those that customers adopt later. */
const wordings: Readonly<Record<string, { readonly old: readonly string[]; readonly late: readonly string[] }>> = {
  balance: {
    old: ['我想查一下余额', '帮我看看账户里还有多少钱', '卡里余额是多少', '查询账户余额', '我的存款还有多少'],
    late: ['帮我瞅瞅小金库还剩几个子儿', '零钱罐里还有多少', '我的小荷包余粮多少', '看一眼钱袋子'],
  },
  transfer: {
    old: ['我要转账给朋友', '怎么汇款到别的银行', '帮我把钱转出去', '转账限额是多少', '给家里汇一笔钱'],
    late: ['把票子秒打给哥们', '隔空投喂一笔给老妈', '我要一键甩钱过去', '飞一笔过去'],
  },
  'lost card': {
    old: ['我的银行卡丢了', '卡不见了要挂失', '信用卡被偷了', '我要挂失补办银行卡', '卡片遗失怎么办'],
    late: ['我的小黑片离家出走了', '卡宝失联了快冻住它', '塑料片找不着了', '钱夹里那张片片没影了'],
  },
  'loan rate': {
    old: ['贷款利率是多少', '现在借款年利率多少', '消费贷的利息怎么算', '贷款利息能不能低一点', '按揭利率最近变了吗'],
    late: ['借呗那种砍头息几个点', '薅羊毛的秒贷几厘', '借米的年化啥价', '白条现在几个点'],
  },
  repayment: {
    old: ['我想提前还款', '这个月还款日是哪天', '怎么还信用卡账单', '账单还款扣款失败', '能不能分期还款'],
    late: ['想早点把坑填了', '这期花呗啥时候上交', '一次性清掉小尾巴', '账单君又来催了怎么填'],
  },
  complaint: {
    old: ['我要投诉你们的服务', '你们态度太差了', '等了很久都没人处理', '我对服务很不满意', '请给我投诉电话'],
    late: ['你们家小二太拉胯了', '这波操作我给差评', '服务下头了', '等到花都谢了也没人理'],
  },
  appointment: {
    old: ['我想预约去网点', '帮我约客户经理见面', '预约明天办业务', '网点要不要先取号', '想约个时间面谈'],
    late: ['帮我占个坑去柜面', '给我锁个号', '约个理财小哥唠唠', '排个档期上门店'],
  },
  'self service': {
    old: ['手机上怎么自助办理', '网上银行能办吗', '用手机银行怎么操作', '自助机可以办吗', '不去网点能办吗'],
    late: ['躺着在掌上搞定行不行', '用小程序自己捣鼓', '线上一条龙咋走', '手机上点点就成吗'],
  },
}
export const dialogueIntents = Object.keys(wordings)

/** Phrases whose intent depends on the previous request, whether it was solved, and the hour. */
const again = ['还是那个问题', '跟刚才一样的事', '就刚才说的那个', '继续办刚才那个']
const unsolved = ['还是不行啊', '怎么又是这样', '问题还在', '没弄好呢']
const now = ['现在可以办吗', '这会儿能弄吗', '马上就想办', '现在能处理吗']

/** Context that determines the intent together with the words. */
export interface DialogueContext {
  readonly lastIntent: string | null
  readonly lastSolved: boolean | null
  readonly hour: number
}

export interface DialogueTurn {
  readonly text: string
  readonly intent: string
}

/** Share of turns whose intent depends on the context. */
const IN_CONTEXT = 0.4
/** Share of wrong labels. */
const MISLABELLED = 0.02
const [OPENS, CLOSES] = [9, 17]

/**
 * Returns what a customer says next. `late` is the share of intents in wordings that no model has seen. From words and
 * context together, everything but the wrong labels can be predicted.
 */
export function nextTurn(context: DialogueContext, late: number, next: Random): DialogueTurn {
  const said = intendedTurn(context, late, next)
  return bernoulli(next, MISLABELLED) ? { ...said, intent: pick(next, dialogueIntents) } : said
}

function intendedTurn({ lastIntent, lastSolved, hour }: DialogueContext, late: number, next: Random): DialogueTurn {
  if (bernoulli(next, IN_CONTEXT)) {
    if (lastIntent !== null && lastSolved === false && bernoulli(next, 0.5))
      return { text: pick(next, unsolved), intent: 'complaint' }
    if (lastIntent !== null && bernoulli(next, 0.6)) return { text: pick(next, again), intent: lastIntent }
    return { text: pick(next, now), intent: hour >= OPENS && hour < CLOSES ? 'appointment' : 'self service' }
  }
  const intent = pick(next, dialogueIntents)
  const { old, late: lately } = wordings[intent]!
  return { text: pick(next, bernoulli(next, late) ? lately : old), intent }
}
