import { simplified } from './simplified.ts'

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤'
const TITLES =
  '先生|女士|小姐|太太|老板|经理|总监|主任|处长|科长|局长|院长|校长|行长|厂长|店长|部长|书记|主管|会计|老师|医生|师傅|总|董|哥|姐|工'
/** Names such as 王总, 李先生, 欧阳经理, 老张. */
const chineseNames = new RegExp(
  `(?:欧阳|[${SURNAMES}])\\p{Script=Han}{0,2}?(?:${TITLES})|[老小][${SURNAMES}](?!\\p{Script=Han}?[款额])`,
  'gu',
)
const companies = /\p{Script=Han}{2,12}?(?:有限责任公司|股份有限公司|有限公司|股份公司|集团)/gu
const englishTitles = /\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?\s+\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+)?/gu
/** Capitalised words within a sentence. */
const englishNames = /(?<=[\p{Ll},;]\s)\p{Lu}[\p{Ll}'-]+(?:\s+(?:&\s+)?\p{Lu}[\p{Ll}'-]+)*/gu
const numbers = /\p{N}+(?:[.,:/%~-]*\p{N}+)*/gu
const chineseNumbers = /[零一二三四五六七八九十百千万亿两]{2,}/gu

/** Normalises the width of characters, and traditional to simplified characters. */
export function foldedText(text: string): string {
  return simplified(text.normalize('NFKC'))
}

/**
 * Masks what a copyist changes first in a folded text: case, numbers and names. Numbers become `0`, and names that can
 * be recognised by their context become `◦`.
 */
export function maskedText(folded: string): string {
  return folded
    .replace(englishTitles, '◦')
    .replace(englishNames, '◦')
    .replace(companies, '◦')
    .replace(chineseNames, '◦')
    .replace(numbers, '0')
    .replace(chineseNumbers, '0')
    .toLowerCase()
}
