// Names as they are met in an office: surnames by their share of the population (per mille, rounded),
// given names from the characters in common use, each with its pinyin.
import { weighted } from './random.mjs';

const surnames = `
王 wang 72 李 li 72 张 zhang 68 刘 liu 54 陈 chen 45 杨 yang 31 赵 zhao 23 黄 huang 22 吴 wu 20 周 zhou 19
徐 xu 17 孙 sun 15 马 ma 13 朱 zhu 13 胡 hu 13 郭 guo 12 何 he 12 林 lin 11 高 gao 10 罗 luo 10 郑 zheng 9
梁 liang 8 谢 xie 8 宋 song 7 唐 tang 7 许 xu 7 邓 deng 6 冯 feng 6 韩 han 6 曹 cao 6 曾 zeng 6 彭 peng 6
肖 xiao 6 蔡 cai 5 潘 pan 5 田 tian 5 董 dong 5 袁 yuan 5 于 yu 5 余 yu 5 叶 ye 5 蒋 jiang 5 杜 du 4 苏 su 4
魏 wei 4 程 cheng 4 吕 lv 4 丁 ding 4 沈 shen 4 任 ren 4 姚 yao 4 卢 lu 4 傅 fu 4 钟 zhong 4 姜 jiang 4
崔 cui 4 谭 tan 4 廖 liao 4 范 fan 3 汪 wang 3 陆 lu 3 金 jin 3 石 shi 3 戴 dai 3 贾 jia 3 韦 wei 3 夏 xia 3
邱 qiu 3 方 fang 3 侯 hou 3 邹 zou 3 熊 xiong 3 孟 meng 3 秦 qin 3 白 bai 3 江 jiang 2 阎 yan 2 薛 xue 2
尹 yin 2 段 duan 2 雷 lei 2 黎 li 2 史 shi 2 龙 long 2 陶 tao 2 贺 he 2 顾 gu 2 毛 mao 2 郝 hao 2 龚 gong 2
邵 shao 2 万 wan 2 钱 qian 2 严 yan 2 覃 qin 1 武 wu 1 莫 mo 1 孔 kong 1 汤 tang 1 欧阳 ouyang 1 上官 shangguan 1
`;

const men = `
伟 wei 30 强 qiang 22 磊 lei 22 军 jun 22 勇 yong 18 杰 jie 24 涛 tao 20 明 ming 26 超 chao 16 刚 gang 10
平 ping 16 辉 hui 18 鹏 peng 16 华 hua 22 飞 fei 14 鑫 xin 10 波 bo 12 斌 bin 14 宇 yu 18 浩 hao 18 凯 kai 12
健 jian 12 俊 jun 16 帆 fan 8 亮 liang 10 峰 feng 16 东 dong 12 龙 long 12 成 cheng 12 荣 rong 10 生 sheng 10
晨 chen 10 博 bo 10 毅 yi 8 翔 xiang 10 宏 hong 10 林 lin 14 海 hai 12 彬 bin 10 锋 feng 8 洋 yang 8 恒 heng 6
`;
const men_first = `
建 jian 22 国 guo 18 志 zhi 24 文 wen 24 海 hai 16 晓 xiao 12 小 xiao 8 永 yong 16 振 zhen 10 家 jia 14 子 zi 14
天 tian 8 立 li 8 庆 qing 8 俊 jun 12 宇 yu 8 明 ming 14 世 shi 10 德 de 10 学 xue 8 金 jin 10 景 jing 6 少 shao 6
春 chun 6 光 guang 10 友 you 6 泽 ze 8 嘉 jia 8 思 si 6 一 yi 6
`;
const women = `
芳 fang 26 娜 na 20 敏 min 22 静 jing 24 丽 li 26 艳 yan 18 娟 juan 18 霞 xia 18 秀 xiu 8 燕 yan 18 玲 ling 20
英 ying 18 红 hong 16 梅 mei 16 兰 lan 12 婷 ting 24 雪 xue 14 琳 lin 14 晶 jing 10 颖 ying 16 慧 hui 18 洁 jie 12
倩 qian 12 欣 xin 12 怡 yi 14 莉 li 14 萍 ping 16 蕾 lei 10 璐 lu 8 莹 ying 12 珍 zhen 10 凤 feng 8 云 yun 10
瑶 yao 8 涵 han 10 丹 dan 10 琴 qin 10 蓉 rong 8 菲 fei 8 雯 wen 10 薇 wei 8
`;
const women_first = `
晓 xiao 20 小 xiao 14 雅 ya 14 诗 shi 8 梦 meng 10 思 si 14 雨 yu 12 玉 yu 14 淑 shu 10 春 chun 10 美 mei 12
佳 jia 12 文 wen 12 秀 xiu 14 丽 li 14 海 hai 8 月 yue 8 桂 gui 8 慧 hui 8 静 jing 8 子 zi 8 欣 xin 8 若 ruo 6
婉 wan 4 心 xin 6
`;

function table(text) {
  const words = text.trim().split(/\s+/);
  const pairs = [];
  for (let i = 0; i < words.length; i += 3) pairs.push([[words[i], words[i + 1]], Number(words[i + 2])]);
  return weighted(pairs);
}

const surname = table(surnames);
const given = [
  { first: table(men_first), last: table(men) },
  { first: table(women_first), last: table(women) },
];

// A name and its pinyin: {name: '张建国', pinyin: 'zhangjianguo'}.
export function person(random) {
  const { first, last } = given[random.below(2)];
  const parts = [surname(random)];
  if (random.chance(0.78)) parts.push(first(random));
  const end = last(random);
  if (end[0] !== parts.at(-1)[0]) parts.push(end);
  else parts.push(['平', 'ping']);
  return { name: parts.map((part) => part[0]).join(''), pinyin: parts.map((part) => part[1]).join('') };
}
