/** Words without content of their own, which delimit key phrases. */
export const STOP_WORDS: ReadonlySet<string> = new Set([
  ...'的 了 是 在 我 你 他 她 它 我们 你们 他们 她们 自己 这 那 这个 那个 这些 那些 这样 那样 这里 那里 什么 怎么 怎么样 怎样 为什么 哪 哪个 哪里 谁 多少 几'.split(
    ' ',
  ),
  ...'一 一个 一下 一点 一些 一样 一直 个 些 点 次 和 与 及 或 或者 而 而且 并 并且 但 但是 不过 可是 然后 所以 因为 因此 如果 要是 的话 虽然 就 就是 也 都 还 还是 又 再 才 只 只是'.split(
    ' ',
  ),
  ...'很 非常 太 更 最 比较 真 真的 有点 挺 好像 可能 应该 可以 能 能够 会 要 想 想要 得 地 着 过 吗 吧 呢 啊 呀 哦 嗯 哈 嘛 啦 哎 喂 您 您好 你好 请 请问 谢谢 不 没 没有 有 被 把 给 跟 对 对于 从 到 向 用 以 于 让 使 上 下 里 中 后 前 时 时候 现在 今天 觉得 知道 说 看 去 来 做 行 好 好的 是不是 有没有 能不能 不是 不会 不能 不要 这么 那么 已经'.split(
    ' ',
  ),
  ...'a an the and or but if then so because as of at by for with about to from in on up down out over under again i me my we our you your he him his she her it its they them their this that these those'.split(
    ' ',
  ),
  ...'am is are was were be been being have has had do does did will would can could should may might must not no nor only own same than too very just also there here when where why how what which who whom all any both each few more most other some such'.split(
    ' ',
  ),
  ..."i'm i've i'd i'll you're it's that's don't doesn't didn't can't won't isn't aren't wasn't hi hello hey yes yeah ok okay please thanks thank well oh um uh like get got know want need really".split(
    ' ',
  ),
])
