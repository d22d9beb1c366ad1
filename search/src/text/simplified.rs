//! Traditional characters in their simplified form, so that a letter from Hong Kong, Macao or Taiwan meets its partner.
//!
//! Character by character, the common ones only (a fact of the two standards, not a word list of another project). Known gap:
//! words that differ (`計程車` and `出租车`) and one-to-many characters in their rarer reading are not converted.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Pairs: a traditional character, then its simplified one; sorted by the first.
const PAIRS: &[&str] = &[
    "亂乱來来個个們们僅仅僑侨價价儀仪億亿償偿優优儲储兒儿兩两冊册凍冻凱凯別别則则剛刚創创劃划劇剧劉刘劑剂勁劲動动務务勝胜勞劳勢势勵励勸劝匯汇區区協协卻却厭厌參参員员問问喚唤喪丧喬乔單单嗎吗嘆叹嘗尝",
    "嚇吓嚴严國国圍围園园圓圆圖图團团執执堅坚報报場场塊块塵尘墊垫墳坟墾垦壓压壘垒壞坏壩坝壯壮壽寿夠够夢梦夥伙奪夺奮奋婦妇媽妈孫孙學学宮宫實实寧宁審审寫写寬宽寶宝將将專专尋寻對对導导屆届屍尸層层屬属",
    "島岛崗岗嶺岭巖岩師师帳帐帶带幣币幫帮幹干庫库廁厕廂厢廟庙廠厂廢废廣广廳厅張张強强彈弹彌弥彎弯彙汇後后徑径從从徵征徹彻恆恒悅悦悶闷惡恶惱恼愛爱態态慘惨慣惯慮虑慶庆憂忧憑凭憲宪懇恳應应懷怀懸悬戰战",
    "戲戏戶户拋抛挾挟捨舍掃扫掛挂採采揚扬換换損损搖摇搶抢撥拨撫抚擁拥擇择擊击擋挡擔担據据擠挤擴扩擺摆擾扰攔拦敗败敵敌數数斷断於于昇升時时晉晋曆历曉晓曬晒書书會会東东條条業业極极構构槍枪樁桩樂乐樓楼",
    "標标樣样樹树橋桥機机橫横檔档檢检櫃柜欄栏權权歐欧歡欢歲岁歷历歸归殘残殺杀毀毁氣气決决沒没況况淚泪淨净淺浅測测渾浑湯汤準准溝沟溫温滅灭滯滞滲渗滿满漁渔漢汉漲涨漸渐潔洁潤润澆浇濃浓濕湿濟济瀉泻灑洒",
    "灘滩灣湾災灾為为烏乌無无煙烟煩烦熱热燈灯燒烧營营爐炉爭争爺爷爾尔牆墙牽牵狀状獄狱獎奖獨独獲获獻献現现瑪玛環环瓊琼產产畝亩畢毕畫画異异當当疊叠瘋疯療疗癢痒發发盜盗監监盤盘眾众睏困確确碼码磚砖礎础",
    "礙碍礦矿禍祸禮礼種种稱称積积穩稳窮穷竊窃競竞筆笔節节範范築筑簡简簽签籃篮籌筹籤签糧粮紀纪約约紅红納纳純纯紙纸級级紛纷終终組组結结絕绝絡络給给統统絲丝經经綜综綠绿維维網网緊紧緒绪線线緣缘編编緩缓",
    "練练縣县縮缩縱纵總总績绩織织繞绕繳缴繼继續续纏缠罰罚罵骂罷罢羅罗義义習习聖圣聞闻聯联聰聪聲声職职聽听肅肃脅胁脈脉腦脑腫肿腳脚腸肠膚肤膠胶臉脸臨临臺台與与興兴舉举舊旧艙舱艦舰艱艰莊庄莖茎華华菸烟",
    "萬万葉叶著着蒼苍蓋盖蓮莲蔣蒋蕩荡薦荐藉借藍蓝藝艺藥药蘇苏蘭兰處处虛虚號号虧亏蟲虫蠻蛮衆众術术衛卫衝冲裏里補补裝装裡里製制複复襲袭見见規规視视覺觉覽览觀观觔斤觸触訂订計计訊讯討讨訓训託托記记設设",
    "許许訴诉診诊註注詐诈評评詞词試试詩诗話话該该詳详誌志認认誕诞誘诱語语誠诚誤误說说誰谁課课調调談谈請请諒谅論论諸诸諾诺謀谋講讲謝谢證证識识譯译議议護护譽誉讀读變变讓让讚赞豐丰豬猪貓猫負负財财貧贫",
    "貨货販贩貪贪貫贯責责貯贮貴贵買买貸贷費费貼贴賀贺資资賓宾賠赔賢贤賣卖賦赋質质賬账賭赌賴赖購购贈赠贏赢贖赎趕赶趙赵趨趋跡迹踐践車车軌轨軍军軟软軸轴較较載载輔辅輕轻輛辆輝辉輪轮輯辑輸输轄辖轉转轟轰",
    "辦办辭辞農农這这連连進进遊游運运過过達达違违遙遥遞递遠远適适遲迟遷迁選选遺遗還还邊边邏逻郵邮鄉乡鄒邹鄭郑鄰邻醜丑醞酝醫医醬酱釀酿釋释針针鈔钞鈴铃鉛铅銀银銅铜銷销鋁铝鋒锋鋪铺鋸锯鋼钢錄录錘锤錢钱",
    "錦锦錯错鍋锅鍛锻鍵键鎖锁鎢钨鎮镇鏈链鏟铲鏡镜鐘钟鐵铁鑑鉴鑰钥鑼锣鑽钻長长門门閃闪閉闭開开閒闲間间閣阁閱阅闆板闊阔闖闯關关闢辟陝陕陣阵陰阴陳陈陸陆陽阳隊队階阶際际隨随險险隱隐隴陇雙双雜杂雞鸡離离",
    "難难雲云電电霑沾霧雾靈灵靜静韓韩響响頁页頂顶項项順顺須须預预頒颁頓顿頗颇領领頭头頸颈頻频顆颗題题顏颜願愿類类顧顾顯显風风飄飘飛飞飯饭飲饮飼饲飾饰餅饼養养餓饿餘余館馆饒饶馬马駁驳駐驻駕驾駛驶駱骆",
    "騎骑騙骗騷骚驅驱驗验驚惊骯肮髏髅髒脏體体髮发鬆松鬥斗鬧闹鬱郁魚鱼魯鲁鮮鲜鯉鲤鳥鸟鴨鸭鵝鹅鶴鹤鷹鹰鹽盐麗丽麥麦麵面麼么黃黄點点黨党黴霉鼕冬齊齐齒齿齡龄龍龙龜龟",
];

static TABLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let characters: Vec<char> = PAIRS.iter().flat_map(|row| row.chars()).collect();
    characters
        .chunks_exact(2)
        .filter_map(|pair| match pair {
            [traditional, simplified] => Some((*traditional, *simplified)),
            _ => None,
        })
        .collect()
});

/// The simplified form of `character`, or the character itself.
pub(super) fn simplify(character: char) -> char {
    if character.is_ascii() { character } else { TABLE.get(&character).copied().unwrap_or(character) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_settles_at_once() {
        assert_eq!(TABLE.len() * 2, PAIRS.iter().map(|row| row.chars().count()).sum::<usize>());
        assert!(TABLE.values().all(|simplified| !TABLE.contains_key(simplified)));
    }
}
