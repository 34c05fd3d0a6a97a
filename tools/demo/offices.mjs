// What a government of each level consists of: its bureaus, their departments, and who leads them.
const core = ['发展和改革', '教育', '科学技术', '工业和信息化', '公安', '民政', '司法', '财政', '人力资源和社会保障', '自然资源',
  '生态环境', '住房和城乡建设', '交通运输', '水利', '农业农村', '商务', '文化和旅游', '卫生健康', '应急管理', '审计'];
const commissions = new Set(['发展和改革', '卫生健康']);

const provincial = core.map((name) => name + (commissions.has(name) ? '委员会' : '厅'))
  .concat('市场监督管理局', '统计局', '医疗保障局', '大数据管理局');
const municipal = core.filter((name) => name !== '科学技术' && name !== '审计')
  .map((name) => name + (commissions.has(name) ? '委员会' : '局')).concat('行政服务中心', '大数据管理局');
const county = ['发展和改革局', '教育局', '财政局', '民政局', '农业农村局', '行政服务中心'];

// level: 0 province, 1 city, 2 county. Each bureau: {name, leaders, departments: [{name, leaders}]}.
export function bureaus(level) {
  if (level === 0) {
    return provincial.map((name) => ({
      name,
      leaders: leaders_of(name, ['一级巡视员']),
      departments: ['办公室', '综合处', '政策法规处', '信息化处'].map((d) => ({ name: d, leaders: [d === '办公室' ? '主任' : '处长'] })),
      staff: ['副处长', '一级主任科员', '二级主任科员', '三级主任科员', '四级主任科员'],
    }));
  }
  if (level === 1) {
    return municipal.map((name) => ({
      name,
      leaders: leaders_of(name, []),
      departments: ['办公室', '业务科'].map((d) => ({ name: d, leaders: [d === '办公室' ? '主任' : '科长'] })),
      staff: ['副科长', '一级科员', '二级科员'],
    }));
  }
  return county.map((name) => ({ name, leaders: leaders_of(name, []), departments: [], staff: ['股长', '一级科员', '二级科员'] }));
}

function leaders_of(name, more) {
  const chief = name.endsWith('厅') ? '厅长' : name.endsWith('局') ? '局长' : '主任';
  return [chief, `副${chief}`, ...more];
}

// A township has no bureaus: its people belong to it directly.
export function township(name) {
  const chief = name.endsWith('镇') ? '镇长' : name.endsWith('乡') ? '乡长' : '主任';
  return { leaders: [chief], staff: [`副${chief}`, '党政办公室主任', '民政助理', '综合执法员', '便民服务员', '一级科员'] };
}
