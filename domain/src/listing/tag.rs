//! The short list of what people look for. Free words are found by search; a tag is a promise that it can be filtered by.

use super::kinds::words;

words! {
    Tag {
        Nature = "nature", "自然", "Nature";
        Mountain = "mountain", "山", "Mountains";
        Water = "water", "水", "Water";
        Cave = "cave", "溶洞", "Caves";
        OldTown = "old-town", "古镇", "Old towns";
        Village = "village", "乡村", "Villages";
        Miao = "miao", "苗族", "Miao";
        Tujia = "tujia", "土家族", "Tujia";
        Dong = "dong", "侗族", "Dong";
        Yao = "yao", "瑶族", "Yao";
        Red = "red", "红色", "Revolutionary history";
        Museum = "museum", "博物馆", "Museums";
        Family = "family", "亲子", "Families";
        Hiking = "hiking", "徒步", "Hiking";
        Flowers = "flowers", "赏花", "Blossom";
        Night = "night", "夜游", "After dark";
        Craft = "craft", "手艺", "Crafts";
        Food = "food", "美食", "Food";
        Tea = "tea", "茶", "Tea";
        WorldHeritage = "world-heritage", "世界遗产", "World heritage";
        Farming = "farming", "农耕", "Farming";
        Photography = "photography", "摄影", "Photography";
        HotSpring = "hot-spring", "温泉", "Hot springs";
        Summer = "summer", "避暑", "Cool summers";
        Study = "study", "研学", "Study trips";
        Music = "music", "音乐", "Music";
        Opera = "opera", "戏曲", "Opera";
        Dance = "dance", "舞蹈", "Dance";
        Festival = "festival", "节庆", "Festivals";
        Fruit = "fruit", "水果", "Fruit";
        Grain = "grain", "粮油", "Grain and oil";
        Drink = "drink", "酒饮", "Drinks";
        Medicine = "medicine", "药材", "Medicinal herbs";
    }
}
