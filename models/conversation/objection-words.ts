/** Why a customer hesitates or declines. */
export type ObjectionKind = 'price' | 'need' | 'timing' | 'trust' | 'authority' | 'competitor' | 'risk' | 'contact'

/** Phrases that express an objection, in Chinese and English. */
export const OBJECTIONS: Readonly<Record<ObjectionKind, readonly string[]>> = {
  price: [
    ...'太贵 很贵 贵了 有点贵 好贵 利率太高 利率高 利息太高 利息高 利息有点高 费用高 费用太高 手续费高 手续费太高 年费太高 年费高 成本太高 承受不起 负担不起 没钱 没有钱 不划算 能不能便宜 便宜一点 便宜点 打折 优惠一点'.split(
      ' ',
    ),
    ..."too expensive|so expensive|pricey|too much money|cost too much|costs too much|cannot afford|can't afford|rate is too high|rates are too high|interest is too high|fee is too high|fees are too high|high fees|cheaper|discount".split(
      '|',
    ),
  ],
  need: [
    ...'不需要 用不着 用不到 没有需求 没需求 没有需要 没兴趣 不感兴趣 没必要 没有必要 够用了 已经有了 不缺钱 不用了 不想要 不想办 不办'.split(
      ' ',
    ),
    ..."don't need|do not need|no need|not interested|no interest|already have|not for me|don't want|do not want|no use for".split(
      '|',
    ),
  ],
  timing: [
    ...'以后再说 再说吧 过段时间 过一段时间 过几天 等一等 等等再 再等等 现在不方便 没时间 没空 在忙 很忙 正在开会 在开会 在开车 下次 改天 晚点 回头再 再考虑 考虑一下 考虑考虑 想一想 再看看'.split(
      ' ',
    ),
    ...'not now|not right now|later|another time|next time|next month|next year|no time|busy|in a meeting|think about it|think it over|not a good time|call back|call me back'.split(
      '|',
    ),
  ],
  trust: [
    ...'骗子 骗人 诈骗 忽悠 不可信 不相信 不信 信不过 靠谱吗 不靠谱 真的假的 是真的吗 是不是真的 有没有套路 套路 坑人 虚假 隐形费用 隐藏费用'.split(
      ' ',
    ),
    ..."scam|fraud|don't trust|do not trust|don't believe|do not believe|is this real|is this legit|legit|hidden fee|hidden fees|the catch|suspicious".split(
      '|',
    ),
  ],
  authority: [
    ...'跟老婆商量 跟老公商量 和老婆商量 和老公商量 跟家人商量 和家人商量 跟家里商量 和家里商量 问一下家里 问问家里 家里商量 商量一下 商量商量 问老板 请示 领导决定 老板决定 领导同意 做不了主 不是我决定 我说了不算 财务决定'.split(
      ' ',
    ),
    ...'ask my wife|ask my husband|ask my boss|talk to my wife|talk to my husband|talk to my partner|discuss it with|not my decision|my decision alone|need approval|decision maker|check with my'.split(
      '|',
    ),
  ],
  competitor: [
    ...'别的银行 其他银行 另一家银行 别家 其他家 另外一家 竞争对手 人家银行 别人家 支付宝 微信 花呗 借呗 已经有合作 有合作的银行 换银行'.split(
      ' ',
    ),
    ...'another bank|other bank|other banks|different bank|my bank|competitor|competitors|better offer|someone else|current provider|already with'.split(
      '|',
    ),
  ],
  risk: [
    ...'有风险 风险大 风险太大 怕亏 亏损 亏钱 会不会亏 不安全 安全吗 保本吗 担心 不放心 害怕 影响征信 上征信 逾期怎么办 还不上'.split(
      ' ',
    ),
    ...'risky|too risky|the risk|lose money|lose my money|not safe|is it safe|worried about|afraid of|credit score|credit record'.split(
      '|',
    ),
  ],
  contact: [
    ...'别打了 不要再打 别再打 不要打电话 别给我打 骚扰 投诉 拉黑 怎么有我电话 怎么有我的电话 哪里来的电话 不要联系 别联系 挂了'.split(
      ' ',
    ),
    ..."stop calling|don't call|do not call|don't contact|do not contact|how did you get my number|take me off|remove me|unsubscribe|leave me alone|harass".split(
      '|',
    ),
  ],
}
