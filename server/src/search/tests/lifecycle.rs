//! Opening, changing, breaking and opening again.

use std::fs;
use std::path::Path;

use domain::listing::Kind;
use domain::search::Query;

use super::world::*;
use crate::search::{Fault, Index, Location};

fn folder(path: &Path) -> Location {
    Location::Folder(path.join("index"))
}

fn open(path: &Path) -> Index {
    Index::open(&folder(path)).unwrap()
}

#[test]
fn a_new_index_is_empty_and_at_the_beginning() {
    let home = tempfile::tempdir().unwrap();
    let index = open(home.path());
    assert_eq!((index.revision(), index.documents()), (0, 0));
    assert_eq!(index.search(&Query::default(), &options()).unwrap().total, 0);
    assert!(index.digests().unwrap().is_empty());
}

#[test]
fn what_was_applied_is_there_after_opening_again() {
    let home = tempfile::tempdir().unwrap();
    open(home.path()).apply(&with_digests(world()), &[], 41).unwrap();
    let index = open(home.path());
    assert_eq!((index.revision(), index.documents()), (41, 16));
    assert_eq!(search(&index, &ask("fhgc"))[0], "pl-fenghuang");
    let digests = index.digests().unwrap();
    assert_eq!(digests.len(), 16);
    assert_eq!(digests[&id("pl-furong")], "digest of pl-furong");
}

#[test]
fn a_change_replaces_and_a_withdrawal_removes() {
    let home = tempfile::tempdir().unwrap();
    let index = open(home.path());
    index.apply(&with_digests(world()), &[], 1).unwrap();
    let renamed = listing("pl-furong", Kind::Place, "瀑布镇", "Waterfall Town", "433127").0;
    index.apply(&with_digests(vec![renamed]), &[id("pl-fenghuang"), id("never-was")], 2).unwrap();
    assert_eq!((index.revision(), index.documents()), (2, 15));
    assert_eq!(search(&index, &ask("瀑布镇"))[0], "pl-furong");
    assert!(!search(&index, &ask("王村")).contains(&"pl-furong".to_owned()));
    assert!(!search(&index, &Query::default()).contains(&"pl-fenghuang".to_owned()));
    let places = &index.search(&Query::default(), &options()).unwrap().facets[0].values[1];
    assert_eq!(*places, ("place".to_owned(), 7));
    // the same again changes nothing but the revision
    index.apply(&with_digests(vec![listing("pl-furong", Kind::Place, "瀑布镇", "Waterfall Town", "433127").0]), &[], 3).unwrap();
    assert_eq!((index.revision(), index.documents()), (3, 15));
}

#[test]
fn an_index_that_was_left_in_the_middle_is_at_its_last_commit() {
    let home = tempfile::tempdir().unwrap();
    let index = open(home.path());
    index.apply(&with_digests(world()), &[], 7).unwrap();
    index.add_uncommitted(&with_digests(vec![listing("pl-new", Kind::Place, "新地方", "New", "430104").0])).unwrap();
    drop(index);
    let index = open(home.path());
    assert_eq!((index.revision(), index.documents()), (7, 16));
    assert_eq!(search(&index, &ask("新地方")), Vec::<String>::new());
    index.apply(&[], &[id("pl-yuelu")], 8).unwrap();
    assert_eq!((index.revision(), index.documents()), (8, 15));
}

#[test]
fn a_rebuild_is_one_commit() {
    let index = Index::open(&Location::Memory).unwrap();
    for (at, part) in with_digests(world()).chunks(5).enumerate() {
        index.add_uncommitted(part).unwrap();
        assert_eq!(index.documents(), 0, "not before the commit (part {at})");
    }
    index.commit(99).unwrap();
    assert_eq!((index.revision(), index.documents()), (99, 16));
}

#[test]
fn many_listings_at_once_are_all_there() {
    let many: Vec<_> = (0..300).map(|n| listing(&format!("pl-{n:04}"), Kind::Place, "小村", "Village", "430104").0).collect();
    let index = index_of(many);
    let results = index.search(&Query { per_page: 100, page: 3, ..ask("小村") }, &options()).unwrap();
    assert_eq!((results.total, results.hits.len()), (300, 100));
    assert_eq!(found(&results)[99], "pl-0299", "equal hits stand in the order of their ids");
}

#[test]
fn two_writers_on_one_folder_are_refused_and_a_reader_is_not() {
    let home = tempfile::tempdir().unwrap();
    let index = open(home.path());
    assert!(matches!(Index::open(&folder(home.path())), Err(Fault::Locked)));
    let reader = Index::open_for_reading(&folder(home.path())).unwrap();
    index.apply(&with_digests(world()), &[], 5).unwrap();
    assert_eq!(reader.documents(), 0);
    reader.refresh().unwrap();
    assert_eq!((reader.documents(), reader.revision()), (16, 5));
    assert!(matches!(reader.apply(&[], &[], 6), Err(Fault::ReadOnly)));
    drop(index);
    assert!(Index::open(&folder(home.path())).is_ok(), "the lock goes with the writer");
}

#[test]
fn a_broken_folder_is_unusable_and_says_so() {
    let broken = |damage: &dyn Fn(&Path)| {
        let home = tempfile::tempdir().unwrap();
        open(home.path()).apply(&with_digests(world()), &[], 1).unwrap();
        damage(&home.path().join("index"));
        match Index::open(&folder(home.path())) {
            Err(Fault::Unusable(_)) => {}
            Err(other) => panic!("another fault: {other}"),
            Ok(_) => panic!("opened as if nothing had happened"),
        }
    };
    let each = |folder: &Path, ending: &str, damage: &dyn Fn(&Path)| {
        let files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        let hit: Vec<_> = files.iter().filter(|path| path.to_string_lossy().ends_with(ending)).collect();
        assert!(!hit.is_empty(), "no file ends with {ending}");
        hit.into_iter().for_each(|path| damage(path));
    };
    broken(&|folder| fs::write(folder.join("meta.json"), "{").unwrap());
    broken(&|folder| fs::write(folder.join("meta.json"), "").unwrap());
    for ending in [".fast", ".term", ".store", ".idx"] {
        broken(&|folder| each(folder, ending, &|path| fs::remove_file(path).unwrap()));
        broken(&|folder| each(folder, ending, &|path| fs::write(path, "half").unwrap()));
    }
}

#[test]
fn an_index_of_another_making_is_unusable() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("index");
    fs::create_dir_all(&path).unwrap();
    let mut builder = tantivy::schema::Schema::builder();
    builder.add_text_field("made_by_0_old", tantivy::schema::STORED);
    tantivy::Index::create_in_dir(&path, builder.build()).unwrap();
    assert!(matches!(Index::open(&folder(home.path())), Err(Fault::Unusable(_))));
    assert!(matches!(Index::open_for_reading(&Location::Folder(home.path().join("none"))), Err(Fault::Unusable(_))));
}

#[test]
fn searches_and_changes_go_on_together() {
    let index = index_of(world());
    std::thread::scope(|scope| {
        let searching = scope.spawn(|| {
            for _ in 0..50 {
                let results = index.search(&ask("凤凰"), &options()).unwrap();
                assert!(results.total >= 2);
            }
        });
        for revision in 2..12 {
            index.apply(&with_digests(world()), &[], revision).unwrap();
        }
        searching.join().unwrap();
    });
    assert_eq!((index.revision(), index.documents()), (11, 16));
}
