/** Words and phrases that express approval, in Chinese and English. */
export const PLEASED: readonly string[] = [
  ...'很好 不错 满意 喜欢 好用 好看 漂亮 舒服 方便 划算 实惠 便宜 值得 推荐 完美 超值 棒 赞 给力 开心 高兴 放心 正品 好吃 新鲜 好评 好喝'.split(
    ' ',
  ),
  ...'太好了 愿意 感兴趣 有兴趣 可以考虑 没问题 谢谢 感谢 合适 挺好 真好 非常好 最好 更好 干净 清晰 流畅 柔顺 精美 大方 热情 贴心 周到 专业 细心'.split(
    ' ',
  ),
  ...'信任 信赖 支持 帮助 物美价廉 性价比高 物有所值 很快 快捷 迅速 及时 安全 香 甜 爱 赞同 同意 欢迎 期待 惊喜 幸福 优惠 优秀 耐用 结实 厚实'.split(
    ' ',
  ),
  ...'good|great|excellent|perfect|nice|love|like|likes|happy|glad|pleased|satisfied|wonderful|amazing|awesome|helpful|thanks'.split(
    '|',
  ),
  ...'thank you|interested|sounds good|fine with me|of course|sure|convenient|easy|fair|worth|recommend|best|better|cool|fantastic'.split(
    '|',
  ),
]

export const DISPLEASED: readonly string[] = [
  ...'不好 太差 很差 真差 较差 差远了 差评 差劲 失望 垃圾 退货 退款 难用 难看 难吃 坏了 坏的 破损 破了 烂 烂的 假货 假的 骗 骗人 上当 后悔 生气 讨厌 烦 麻烦'.split(
    ' ',
  ),
  ...'慢 太慢 很慢 卡顿 很卡 死机 问题 故障 投诉 贵 太贵 太高 担心 害怕 风险 不满意 不喜欢 不需要 不想 不要 没兴趣 不感兴趣 不舒服 不方便 不合适'.split(
    ' ',
  ),
  ...'不值 不新鲜 不推荐 不建议 没用 无语 恶心 臭 异味 味道大 掉色 起球 开线 脏 掉 裂 漏 断 糟糕 糟 郁闷 气人 坑 忽悠 敷衍 态度差 态度恶劣'.split(
    ' ',
  ),
  ...'可惜 遗憾 难受 痒 头屑 不行 不值得 不如 没有用 没效果 不敢 拒绝 浪费 千万别 别买 一般般 失灵 发热 色差 偏小 偏大 太小 太大 太薄'.split(
    ' ',
  ),
  ...'bad|worse|worst|terrible|awful|horrible|poor|hate|angry|annoyed|annoying|upset|unhappy|disappointed|disappointing|useless'.split(
    '|',
  ),
  ...'expensive|too much|slow|broken|problem|problems|complaint|complain|worried|afraid|risk|risky|scam|fraud|waste|refund|cancel'.split(
    '|',
  ),
  ...'stop calling|not interested|no way|ridiculous|difficult|confusing|confused|wrong|fail|failed|sorry to say|unacceptable'.split(
    '|',
  ),
]

/** Words that negate the words after them. */
export const NEGATORS: readonly string[] = [
  ...'不 没 没有 不是 并不 并非 毫不 不太 不怎么 不够 无 未 别 从不 绝不 谈不上 算不上 不能 不会'.split(' '),
  ..."not|no|never|hardly|isn’t|isn't|wasn't|don't|doesn't|didn't|can't|cannot|won't|wouldn't|aren't|without".split(
    '|',
  ),
]

/** Intensifiers and diminishers: factors on the sentiment words after them. */
export const DEGREES: Readonly<Record<string, number>> = {
  ...weighing(
    1.6,
    '非常 特别 十分 极其 极 超级 超 太 真的 真心 相当 最 实在 really very extremely so too absolutely totally',
  ),
  ...weighing(0.6, '有点 有点儿 一点 稍微 还算 还 比较 略 slightly somewhat rather fairly'),
}

/** Contrastive conjunctions: what follows them outweighs what precedes. */
export const TURNS: readonly string[] = [
  ...'但是 但 不过 可是 然而 只是 就是'.split(' '),
  ...'but|however|although|though|yet'.split('|'),
]

function weighing(weight: number, words: string): Record<string, number> {
  return Object.fromEntries(words.split(' ').map((word) => [word, weight]))
}
