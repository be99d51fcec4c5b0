//! The country a listing lies in; its drawn cover starts from this.

use super::kinds::words;

words! {
    Terrain {
        Sandstone = "sandstone", "砂岩峰林", "Sandstone pillars";
        Danxia = "danxia", "丹霞", "Danxia cliffs";
        Karst = "karst", "喀斯特", "Karst hills";
        Terraces = "terraces", "梯田", "Rice terraces";
        Lake = "lake", "湖泽", "Lake and marsh";
        Bridge = "bridge", "风雨桥侗寨", "Wind-and-rain bridges";
        OldTown = "old_town", "古镇古城", "Old town";
        TeaHills = "tea_hills", "茶山", "Tea hills";
        Red = "red", "红色旧址", "Revolutionary site";
        Mountain = "mountain", "山林", "Wooded mountains";
        River = "river", "江河", "River valley";
        Village = "village", "村落", "Village";
        City = "city", "城市", "City";
        Cave = "cave", "溶洞", "Cave";
        Grassland = "grassland", "高山草场", "Upland meadow";
    }
}
