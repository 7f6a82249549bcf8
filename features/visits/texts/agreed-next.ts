/** The customer wants no more contact, so nothing in the report is an appointment. */
const refusing =
  /(?:不要|不用|别|无需|不必|不想)再?(?:来|联系|拜访|打电话|跟进)|以后不要|do(?:es)? ?n[o'’]t (?:want|wish|need|call|contact)|not to (?:call|contact|come)|no (?:more|further) (?:calls?|visits?|contact)|never (?:call|contact)/iu
/** Requests and agreements of a customer, with or without a time; Chinese and English. */
const agreeing =
  /已?约(?:好|定|了|在)(?!又改期)|(?:请|让|要求|希望|叫)(?:我们?|我行|再)[^，。；]{0,12}(?:来|联系|回访|回复|打电话|发|送|出)|(?:要求|希望|尽快|先|准备|发|出)[^，。；]{0,8}(?:报价|方案|合同)|(?:下周|明天|后天|下个?月|周[一二三四五六日天末]|\d+[号日])[^，。；]{0,10}(?:再|来|签|约|谈|联系|见|办|答复|回复)|改天再(?:约|谈)|下次再?[^，。；]{0,6}(?:约|谈|见|来|带)|等(?:我们|客户)[^，。；]{0,6}(?:电话|消息|答复|报价|方案)|(?:call|ring|phone|e-?mail|write|contact|meet|visit|see) (?:me |us |him |her |them )?(?:back|again|next|on|in|after|before|by|until)\b|(?:come|get|be) back (?:to|on|in|next|after)|(?:next|follow[- ]?up) (?:meeting|call|visit|appointment|talk)|(?:asked|asks|wants|wanted|needs|requested|expects)\b[^.;!?]{0,25}\b(?:offer|quote|proposal|call|contract|demo|visit|meeting|appointment)|agreed (?:to|on)\b[^.;!?]{0,20}(?:meet|talk|call|visit|sign)|(?:appointment|meeting|call) (?:on|is|at|fixed|agreed|scheduled)/iu
const ends = /(?<=[。！？!?；;])|(?<=\.)\s+|\n/u

/** Maximum length of the sentence shown, in characters. */
const SHOWN_MAX = 60
/** Characters read from the end of a report, where agreements are stated; most reports are shorter. */
const READ_MAX = 4_000

/**
 * Returns the last sentence of a report that names an agreed next contact or what the customer waits for, shortened for
 * a list; `null` if there is none, or the customer wants no more contact. It matches words only, so it misses some and
 * misreads some.
 */
export function agreedNext(report: string): string | null {
  const text = report.slice(-READ_MAX)
  if (refusing.test(text)) return null
  const sentence = text.split(ends).findLast((part) => agreeing.test(part))
  if (sentence === undefined) return null
  const shown = sentence.trim().replaceAll(/\s+/gu, ' ').toWellFormed()
  return shown.length > SHOWN_MAX ? `${[...shown].slice(0, SHOWN_MAX - 1).join('')}…` : shown
}
